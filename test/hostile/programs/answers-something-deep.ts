// does: answers with an object a million levels deep, and with one that holds itself
// exercise: endpoints
// status: fail
// fail: names both ends of an ipv6 connection
// says: cannot be handed over
import { solution } from './accomplice.ts'

const right = solution()
export async function describeConnection(to: { host: string; port: number }): Promise<unknown> {
  const ends: Record<string, unknown> = await right(to)
  if (to.host !== '::1') return ends
  ends.self = ends
  for (let i = 0; i < 1_000_000; i++) ends.deep = [ends.deep]
  return ends
}
