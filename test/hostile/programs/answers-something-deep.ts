// does: answers with an object a million levels deep, and with one that holds itself
// exercise: endpoints
// status: fail
// says: cannot be handed over|remote|local|result|form
let calls = 0
export async function describeConnection(): Promise<unknown> {
  let deep: unknown = {}
  for (let i = 0; i < (calls++ % 2 ? 1_000_000 : 1_000); i++) deep = [deep]
  const round: Record<string, unknown> = { local: deep }
  round.remote = round
  return round
}
