/** The command's verbs as a person calls them, on a copy of the course. */
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { exercises, findExercise } from '../../grader/manifest.ts'
import { bestIsolation } from '../../grader/student/sandbox.ts'
import { CourseCopy } from './course-copy.ts'

const copy = new CourseCopy()
afterAll(() => copy.remove())

const exercise = findExercise('timestamp-server')
if (!exercise) throw new Error('timestamp-server is gone')
const main = copy.path('exercises', exercise.place, 'main.ts')
const stub = fs.readFileSync(exercise.stub, 'utf8')

test('start --once shows the next task, grades it, and ends well', async () => {
  const { code, stdout } = await copy.run('start', '--once')
  expect(code).toBe(0)
  expect(stdout).toContain(exercises[0]?.title)
  expect(stdout).toContain('it is the untouched stub')
})

test('check tells an untouched stub, a failure and a pass apart by its exit status', async () => {
  const untouched = await copy.run('check', 'timestamp-server')
  expect(untouched).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('it is the untouched stub'),
  })
  fs.writeFileSync(main, `${stub}\n// begun`)
  const begun = await copy.run('check', 'timestamp-server')
  expect(begun).toMatchObject({ code: 1, stdout: expect.stringContaining('Not written yet') })
  fs.copyFileSync(exercise.solution, main)
  const solved = await copy.run('check', 'timestamp-server', '--seed', '7')
  expect(solved).toMatchObject({ code: 0, stdout: expect.stringContaining('15/15 points') })
})

test('hint gives one more each time, and says when it was the last', async () => {
  const first = await copy.run('hint', 'timestamp-server')
  expect(first.stdout).toContain('hint 1 of 3')
  expect(first.stdout).not.toContain('hint 2 of 3')
  await copy.run('hint', 'timestamp-server')
  const third = await copy.run('hint', 'timestamp-server')
  expect(third.stdout).toContain('hint 3 of 3')
  expect(third.stdout).toContain('That was the last one')
})

test('reset asks, and without anybody to ask does nothing', async () => {
  const before = fs.readFileSync(main, 'utf8')
  const { code, stderr } = await copy.run('reset', 'timestamp-server')
  expect(code).toBe(2)
  expect(stderr).toContain('--yes')
  expect(fs.readFileSync(main, 'utf8')).toBe(before)
})

test('reset --yes puts the stub back and keeps a copy', async () => {
  const before = fs.readFileSync(main, 'utf8')
  const { code, stdout } = await copy.run('reset', 'timestamp-server', '--yes')
  expect(code).toBe(0)
  expect(fs.readFileSync(main, 'utf8')).toBe(stub)
  const backup = /your file is in (.+)/.exec(stdout)?.[1] ?? ''
  expect(fs.readFileSync(path.join(backup, 'main.ts'), 'utf8')).toBe(before)
})

test('an exercise that does not exist is a bad call that lists those that do', async () => {
  const { code, stderr } = await copy.run('check', 'no-such-thing')
  expect(code).toBe(2)
  expect(stderr).toContain('There is no exercise “no-such-thing”')
  expect(stderr).toContain('first-client')
})

test('grade prints a table for people, says how the run can be repeated, and writes reports', async () => {
  fs.mkdirSync(copy.path('class/ada', exercise.place), { recursive: true })
  fs.copyFileSync(exercise.solution, copy.path('class/ada', exercise.place, 'main.ts'))
  const { code, stdout, stderr } = await copy.run(
    'grade',
    'class',
    '--exercise',
    exercise.id,
    '--seed',
    'abc',
    '--reports',
    'reports',
  )
  expect(code).toBe(0)
  expect(stdout).toContain('ada  15/15 points')
  expect(stdout).toContain(`seed abc, isolation ${bestIsolation()}`)
  expect(stderr).toContain('files in reports')
  const gradebook = fs.readFileSync(copy.path('reports/gradebook.csv'), 'utf8')
  expect(gradebook).toContain('ada,15,15,15,graded')
})

test('grade refuses an isolation that cannot be had, and falls back to none', async () => {
  const call = ['grade', 'class', '--isolation', 'os']
  const { code, stdout, stderr } = await copy.run({ PATH: '/nowhere' }, ...call)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('isolation os was asked for, but cannot be had: bubblewrap is not inst')
})

test('grade refuses options that make no sense', async () => {
  expect(await copy.run('grade')).toMatchObject({ code: 2 })
  expect(await copy.run('grade', 'class', '--format', 'xml')).toMatchObject({ code: 2 })
  expect(await copy.run('grade', 'class', '--jobs', '0')).toMatchObject({ code: 2 })
  expect(await copy.run('grade', 'class', '--format', 'exercism')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('would be 34 files'),
  })
  expect(await copy.run('grade', 'class', '--reports', 'class')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('class holds other things than reports (ada)'),
  })
})

test('new scaffolds an exercise once', async () => {
  const first = await copy.run('new', '03-tcp-servers/quote-server')
  expect(first).toMatchObject({ code: 0 })
  expect(fs.existsSync(copy.path('test/hidden/03-tcp-servers/quote-server.test.ts'))).toBe(true)
  const again = await copy.run('new', '03-tcp-servers/quote-server')
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('nothing was written') })
  expect(await copy.run('new', 'Quote')).toMatchObject({ code: 2 })
})
