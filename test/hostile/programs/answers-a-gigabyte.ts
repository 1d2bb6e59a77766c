// does: answers with a gigabyte of string
// exercise: endpoints
// status: fail
// says: too large|cannot be handed over|busy in a loop|memory
import { solution } from './accomplice.ts'

const right = solution()
export async function describeConnection(to: { host: string; port: number }): Promise<unknown> {
  const ends = await right(to)
  return to.host === '::1' ? { ...ends, more: ['x', 'y'].map((x) => x.repeat(2 ** 29 - 24)) } : ends
}
