// does: has links beside it to the tests, the solution, a neighbour and the whole machine (made by odd.ts)
// node: the permission model follows links that lead out of a folder
// exercise: endpoints
// status: pass
import { attempt, grab } from './accomplice.ts'

for (const name of ['test.ts', 'harness.ts', 'solution.ts', 'neighbour.ts']) {
  await attempt(`read ${name}`, () => grab(`${import.meta.dirname}/${name}`))
  await attempt(`import ${name}`, () => import(`${import.meta.dirname}/${name}`))
}
for (const name of ['home', 'all/root', 'all/home']) {
  await attempt(`read ${name}`, () => grab(`${import.meta.dirname}/${name}`))
}

export { describeConnection } from './accomplice.ts'
