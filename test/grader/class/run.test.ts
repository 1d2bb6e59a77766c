/** Runs over a class that are stopped, killed, repeated and changed, by the command itself on a copy of the course. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { findExercise } from '../../../grader/manifest.ts'
import { processIds } from '../../../grader/student/quiet.ts'
import type { Report } from '../../../grader/verdict/result.ts'
import { CourseCopy } from '../course-copy.ts'

const copy = new CourseCopy()
afterAll(() => copy.remove())

const ids = ['endpoints', 'first-client']
const [endpoints, client] = ids.map((id) => {
  const exercise = findExercise(id)
  if (!exercise) throw new Error(`${id} is gone`)
  return exercise
}) as [NonNullable<ReturnType<typeof findExercise>>, NonNullable<ReturnType<typeof findExercise>>]
const solved = fs.readFileSync(client.solution, 'utf8')
const wrong = fs.readFileSync(path.join(client.mistakes, 'decodes-each-chunk.ts'), 'utf8')

/** A program that is not loaded before there is a file `go` beside it: the run stands still there. */
const waiting = `import { existsSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
while (!existsSync(new URL('./go', import.meta.url))) await pause(20)
`

function handIn(folder: string, name: string, first: string, second: string) {
  for (const [{ place }, text] of [
    [endpoints, first],
    [client, second],
  ] as const) {
    fs.mkdirSync(copy.path(folder, name, place), { recursive: true })
    fs.writeFileSync(copy.path(folder, name, place, 'main.ts'), text)
  }
}
const go = (folder: string, name: string) => {
  fs.writeFileSync(copy.path(folder, name, client.place, 'go'), '')
}

const right = fs.readFileSync(endpoints.solution, 'utf8')
for (const folder of ['class', 'twin']) {
  handIn(folder, 'ada', right, `// ada\n${wrong}`)
  handIn(folder, 'bob', `// bob\n${right}`, `${waiting}${solved}`)
  handIn(folder, 'cyd', `// cyd\n${right}`, `// cyd\n${waiting}${solved}`)
  handIn(folder, 'dan', `// dan\n${right}`, `// dan\n${solved}`)
}

const ask = (folder: string): [string, ...string[]] => {
  const chosen = ids.flatMap((id) => ['--exercise', id])
  return ['grade', folder, ...chosen, '--jobs', '1', '--format', 'json', '--seed', 'golden']
}

/** The journal's results so far, and the file that names the process at work on it. */
const grades = copy.path('.course/grades')
const journal = () => fs.readdirSync(grades).find((name) => /^class-.*jsonl$/.test(name)) ?? ''
const lines = () => {
  const text = fs.existsSync(grades) ? fs.readFileSync(path.join(grades, journal()), 'utf8') : ''
  return text.split('\n').filter((line) => line.startsWith('{"key"'))
}
const coordinator = () => Number(fs.readFileSync(path.join(grades, `${journal()}.lock`), 'utf8'))
const until = (check: () => void) => vi.waitFor(check, { timeout: 60_000, interval: 20 })

/** The processes that belong to this copy of the course. */
function left(): string[] {
  return processIds().flatMap((id) => {
    try {
      const command = fs.readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ')
      return command.includes(copy.folder) ? command : []
    } catch {
      return []
    }
  })
}

/** Without what differs from run to run: times, and the ports that the system gives. */
function steady(text: string): string {
  const { submissions } = JSON.parse(text) as Report
  return JSON.stringify(submissions, (key, value) => {
    if (key === 'durationMs' || key === 'path') return undefined
    return key === 'wire' ? value.replace(/\d+\.\d{3}\b|\b[3-6]\d{4}\b/g, '·') : value
  })
}

test('a run that was stopped, then killed, goes on and comes to the same report', async () => {
  for (const name of ['bob', 'cyd']) go('twin', name)
  const due = await copy.run(...ask('twin'))
  expect(due.code).toBe(0)

  const first = copy.start(...ask('class'))
  await until(() => expect(lines().length).toBe(2))
  // At bob's client it stands still. Nobody else may come in between.
  const refused = await copy.run(...ask('class'))
  expect(refused).toMatchObject({ code: 2, stdout: '' })
  expect(refused.stderr).toContain(`being graded by process ${coordinator()} right now`)
  process.kill(coordinator(), 'SIGINT')
  await first.until(/Stopped: 2 of 8 results are kept; the same command goes on from there\./)
  await until(() => expect(left()).toEqual([]))
  await until(() => expect(first.child.exitCode).toBe(130))
  expect(fs.readdirSync(grades).filter((name) => name.startsWith('class-'))).toEqual([journal()])

  go('class', 'bob')
  copy.start(...ask('class'))
  await until(() => expect(lines().length).toBe(4))
  process.kill(coordinator(), 'SIGKILL')
  await until(() => expect(left()).toEqual([]))
  fs.appendFileSync(path.join(grades, journal()), '{"key":"half a li')
  const before = lines()

  go('class', 'cyd')
  const last = await copy.run(...ask('class'))
  expect(last.code).toBe(0)
  expect(last.stderr).toContain(
    'its last line was not written to its end; what is missing is graded again',
  )
  expect(last.stderr).toContain('4 of 8 results are in the journal already')
  expect(steady(last.stdout)).toBe(steady(due.stdout))
  const written = lines().map((line) => JSON.parse(line))
  expect(lines().slice(0, 4)).toEqual(before.slice(0, 4))
  expect(new Set(written.map(({ key }) => key)).size).toBe(8)
  expect(written.map(({ submission, result }) => `${submission} ${result.id}`).sort()).toEqual(
    ['ada', 'bob', 'cyd', 'dan'].flatMap((name) => ids.map((id) => `${name} ${id}`)),
  )
  // What the killed run had unpacked is gone, too.
  const prefix = `course-${path.basename(journal(), '.jsonl')}`
  expect(fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith(prefix))).toEqual([])
})

test('a second run grades what has changed, and says what differs', async () => {
  const [before, again] = [lines(), await copy.run(...ask('class'))]
  expect(again.stderr).toContain('8 of 8 results are in the journal already')
  expect(again.stderr).toMatch(/Nothing differs from the last run \(20\d\d-\d\d-\d\d \d\d:\d\d\)/)
  expect(lines()).toEqual(before)

  fs.appendFileSync(copy.path('test/hidden', `${endpoints.place}.test.ts`), '// changed\n')
  fs.rmSync(copy.path('class/dan'), { recursive: true })
  handIn('class', 'ada', right, `// better\n${solved}`)
  // These two hand in the same: it is graded once.
  handIn('class', 'two\n\u202elines', `// the same\n${right}`, 'export const ask = 1')
  handIn('class', 'eve', `// the same\n${right}`, 'export const ask = 1')
  const changed = await copy.run(...ask('class'))
  expect(changed.code).toBe(0)
  expect(changed.stderr).toContain('2 of 10 results are in the journal already')
  expect(changed.stderr).toMatch(/^ {2}ada +first-client 12\/14 → 14\/14$/m)
  expect(changed.stderr).toMatch(/^ {2}eve +new$/m)
  expect(changed.stderr).toMatch(/^ {2}two \\u202elines +new$/m)
  expect(changed.stderr).toMatch(/^ {2}dan +gone$/m)
  expect(changed.stderr.split('\n').filter((line) => line.startsWith('  '))).toHaveLength(5)
  const { submissions } = JSON.parse(changed.stdout) as Report
  expect(submissions.map(({ name }) => name)).toEqual([
    'ada',
    'bob',
    'cyd',
    'eve',
    'two\n\u202elines',
  ])
  // Of all endpoints, and of what is new: ada's client, and one of the two that are alike.
  expect(lines().length - before.length).toBe(6)
})
