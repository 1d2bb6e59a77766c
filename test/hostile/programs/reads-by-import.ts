// does: hands in the course's own solution, by importing it
// exercise: endpoints
// status: fail
// fail: names both ends of an ipv6 connection
// says: the solution is out of reach
import { courses, solution } from './accomplice.ts'

type Solution = { describeConnection: (to: unknown) => Promise<unknown> }
let found: Solution | undefined
for (const course of courses) {
  for (const folder of ['solutions', 'exercises']) {
    const file = `${course}/${folder}/01-sockets/endpoints/main.ts`
    found ??= await import(`file://${file}`).catch(() => undefined)
    found ??= await import(file).catch(() => undefined)
  }
}
const own = solution(() => {
  throw new Error('the solution is out of reach')
})
export const describeConnection = found?.describeConnection ?? own
