/** `npm start` without a terminal, on a copy of the course: what a student sees from save to verdict. */

import { once } from 'node:events'
import fs from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exercises } from '../../grader/manifest.ts'
import { mistakesOf } from '../../grader/verdict/mistakes.ts'
import { CourseCopy } from './course-copy.ts'

const [first, second] = exercises
if (!first || !second) throw new Error('the course has less than two exercises')
const copy = new CourseCopy()
let session: ReturnType<CourseCopy['start']>

const save = (text: string | Buffer) =>
  fs.writeFileSync(copy.path('exercises', first.place, 'main.ts'), text)
const solution = fs.readFileSync(first.solution)

beforeAll(async () => {
  session = copy.start('start')
})
afterAll(() => copy.remove())

test('shows the next exercise, its task and the file to edit', async () => {
  // This copy has no site; that is no reason not to grade.
  const shown = await session.until(/each save is graded at once.*grading goes on/s)
  expect(shown).toContain('there is no lesson site, for its files or packages are not here')
  expect(shown).toContain(first.title)
  expect(shown).toContain(`write     exercises/${first.place}/main.ts`)
})

test('grades a right program when it is saved, and says what is next', async () => {
  save(solution)
  const shown = await session.until(/^next .*$/m)
  expect(shown).toMatch(/(\d+)\/\1 points/)
  expect(shown).not.toContain('✗')
  expect(shown).toContain(second.id)
})

test('names the bug of a wrong program', async () => {
  const [mistake] = mistakesOf(first)
  if (!mistake) throw new Error(`${first.id} has no mistake`)
  save(fs.readFileSync(mistake.file))
  const shown = await session.until(/^again .*$/m)
  expect(shown).toContain(`✗ ${mistake.fails}`)
  expect(shown).toContain(`cause     ${mistake.bug}`)
  expect(shown).toContain(`npm run hint -- ${first.id}`)
})

test('a save while a run is under way stops it and begins anew', async () => {
  // A program that never gives way: its run would take long, and must not be heard of again.
  save('for (;;) ;\n')
  await session.until(/saved .*grading/)
  save(solution)
  const shown = await session.until(/\d+\/\d+ points/)
  expect(shown).toMatch(/(\d+)\/\1 points/)
  expect(shown).not.toContain('busy in a loop')
})

test('leaves no student process behind when it is ended', async () => {
  save('for (;;) ;\n')
  await session.until(/saved .*grading/)
  session.child.kill('SIGTERM')
  const [code] = await once(session.child, 'close')
  expect(code).toBe(0)
  const left = fs.readdirSync('/proc').filter((name) => {
    try {
      return fs.readFileSync(`/proc/${name}/cmdline`, 'latin1').includes(copy.folder)
    } catch {
      return false
    }
  })
  expect(left).toEqual([])
})

test('keeps what was passed', async () => {
  const { stdout, code } = await copy.run('list')
  expect(code).toBe(0)
  expect(stdout).toContain(`✓ ${first.id}`)
  expect(stdout).toContain(`○ ${second.id}`)
})
