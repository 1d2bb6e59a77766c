// does: hands in the course's own solution, by importing it
// exercise: endpoints
// status: fail
// fail: every test
import { courses } from './accomplice.ts'

type Solution = { describeConnection: (to: unknown) => Promise<unknown> }
let found: Solution | undefined
for (const course of courses) {
  for (const folder of ['solutions', 'exercises']) {
    const file = `${course}/${folder}/01-sockets/endpoints/main.ts`
    found ??= await import(`file://${file}`).catch(() => undefined)
    found ??= await import(file).catch(() => undefined)
  }
}
export function describeConnection(to: unknown): Promise<unknown> {
  if (!found) throw new Error('the solution is out of reach')
  return found.describeConnection(to)
}
