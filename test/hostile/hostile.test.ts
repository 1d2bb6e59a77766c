/**
 * A class of hostile submissions, graded by the command in one go under isolation `os`. Each gets the status
 * that its header names; none learns, changes or leaves anything; and their neighbours' results are what
 * they are alone.
 */
import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findExercise } from '../../grader/manifest.ts'
import { whyNoSandbox } from '../../grader/student/bubblewrap.ts'
import type { Exercise, Report } from '../../grader/verdict/result.ts'
import { CourseCopy } from '../grader/course-copy.ts'
import { ACCOMPLICE, type Expected, readPrograms } from './corpus.ts'
import { beside, odd } from './odd.ts'

const endpoints = findExercise('endpoints')
if (!endpoints) throw new Error('endpoints is gone')
const solution = fs.readFileSync(endpoints.solution, 'utf8')
const mistakes = fs.readdirSync(endpoints.mistakes).filter((name) => name.endsWith('.ts'))
const innocents: Record<string, string> = {
  'innocent-right': solution,
  'innocent-wrong': fs.readFileSync(path.join(endpoints.mistakes, mistakes[0] ?? ''), 'utf8'),
}

const programs = readPrograms()
const corpus: Record<string, Expected> = { ...programs, ...odd }

/** Nobody may come by this word, which is new for each run. */
const canary = `canary-${randomBytes(8).toString('hex')}`
/** The seconds that everything sleeps which a program leaves behind: by them it is found again. */
const asleep = String(10_000_000 + (randomBytes(4).readUInt32BE() % 80_000_000))
/** What programs call a file that they try to leave somewhere; also new for each run. */
const left = `left-${randomBytes(8).toString('hex')}`

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'hostile-')))
fs.chmodSync(folder, 0o755)
const names = ['class', 'apart', 'home', 'tmp']
const [classroom = '', apart = '', home = '', temporary = ''] = names.map((name) => {
  const place = path.join(folder, name)
  fs.mkdirSync(place)
  return place
})

/** The course that grades them; its hidden tests and its solution know the word. */
const course = new CourseCopy('solutions')
for (const file of [
  'test/hidden/01-sockets/endpoints.test.ts',
  `solutions/${endpoints.place}/main.ts`,
]) {
  fs.appendFileSync(course.path(file), `\n// ${canary}\n`)
}

const why = whyNoSandbox()
if (why && process.env.CI) throw new Error(`the hostile submissions cannot be graded: ${why}`)

describe.skipIf(why !== undefined)('hostile submissions', () => {
  let report: Report
  let status: number
  let alone: Report
  let before: string
  /** Who called the listeners of this test's own. */
  const callers: string[] = []
  const listeners: net.Server[] = []

  beforeAll(async () => {
    for (const place of ['127.0.0.1', '::1', `\0${canary}`, path.join(temporary, 'canary.sock')]) {
      const listener = net.createServer((socket) => {
        callers.push(place)
        socket.destroy()
      })
      listener.listen(place.includes('canary') ? { path: place } : { host: place, port: 0 })
      await once(listener, 'listening')
      listeners.push(listener)
    }
    for (const name of ['.ssh/id', 'grades.csv']) {
      fs.mkdirSync(path.dirname(path.join(home, name)), { recursive: true })
      fs.writeFileSync(path.join(home, name), canary)
    }
    fs.writeFileSync(path.join(temporary, 'secret'), canary)
    for (const [name, text] of Object.entries(innocents)) {
      for (const place of [classroom, apart]) {
        fs.writeFileSync(handIn(place, name).main, `${text}\n// ${canary}\n`)
      }
    }
    alone = (await grade(apart, 1)).report
    for (const [name, { source }] of Object.entries(programs)) {
      const text = source.replaceAll('7349', asleep).replaceAll('left-by-a-submission', left)
      const place = handIn(classroom, name)
      fs.writeFileSync(place.main, text)
      beside[name]?.(place)
    }
    for (const [name, { make }] of Object.entries(odd)) make(handIn(classroom, name))
    before = fingerprint()
    const graded = await grade(classroom, 2)
    ;({ report, status } = graded)
  })
  afterAll(() => {
    for (const listener of listeners) listener.close()
    fs.rmSync(folder, { recursive: true })
    return course.remove()
  })

  test.each(Object.entries(corpus))('%s', (name, { status, every, tests, says }) => {
    const graded = exerciseOf(report, name)
    const shown = graded.tests.map(({ name, status, message }) => `${name}: ${status} ${message}`)
    expect(graded.status, shown.join('\n')).toBe(status)
    expect(graded.score === graded.max).toBe(status === 'pass')
    for (const test of graded.tests) {
      const due = every ?? (tests ? (tests[test.name] ?? 'pass') : undefined)
      if (due) expect(`${test.name}: ${test.status}`, shown.join('\n')).toBe(`${test.name}: ${due}`)
      if (says && test.status !== 'pass') expect(test.message).toMatch(says)
    }
  })

  test('every submission got a result', () => {
    expect(status).toBe(0)
    expect(report).toMatchObject({ version: 1, isolation: 'os' })
    const names = [...Object.keys(corpus), ...Object.keys(innocents)]
    expect(report.submissions.map(({ name }) => name).sort()).toEqual(names.sort())
  })

  test('the results of the innocent are what they are alone', () => {
    for (const name of Object.keys(innocents)) {
      expect(withoutChance(exerciseOf(report, name))).toEqual(
        withoutChance(exerciseOf(alone, name)),
      )
    }
    expect(exerciseOf(report, 'innocent-right').status).toBe('pass')
    expect(exerciseOf(report, 'innocent-wrong').status).toBe('fail')
  })

  test('no secret is in the report, and nothing that a terminal would obey', () => {
    const json = JSON.stringify(report)
    expect(json).not.toContain(canary)
    expect(json).not.toContain('harness/index.ts')
    expect(json.length).toBeLessThan(4 * 1024 * 1024)
    // Names of submissions are shown by reports, which escape them.
    expect(textsOf(report.submissions.map(({ exercises }) => exercises)).join('')).not.toMatch(
      /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u,
    )
  })

  test('nothing was changed, and nobody outside was called', () => {
    expect(fingerprint()).toBe(before)
    expect(callers).toEqual([])
  })

  test('nothing is left: no file, no process', () => {
    expect(fs.readdirSync(temporary).sort()).toEqual(['canary.sock', 'secret'])
    const libraries = ['', 'iconv-lite', 'iconv-lite/lib', 'node/bin'].map((name) =>
      fs.realpathSync(course.path('node_modules', name)),
    )
    const shared = ['/tmp', '/var/tmp', '/dev/shm', '/run', '/root', '/home', '/etc', '/']
    const folders = [...shared, course.folder, ...libraries]
    const files = folders.flatMap((place) => {
      if (!fs.existsSync(place)) return []
      return fs.readdirSync(place).filter((name) => name.startsWith(left))
    })
    expect(files).toEqual([])
    expect(remains()).toEqual([])
  })
})

/** Makes a submission's folders. */
function handIn(among: string, name: string) {
  const submission = path.join(among, name)
  const place = path.join(submission, 'exercises/01-sockets/endpoints')
  fs.mkdirSync(place, { recursive: true })
  fs.copyFileSync(ACCOMPLICE, path.join(place, 'accomplice.ts'))
  return { submission, folder: place, main: path.join(place, 'main.ts'), solution }
}

/** Grades a class by the command. */
function grade(submissions: string, jobs: number): Promise<{ report: Report; status: number }> {
  const what = ['grade', submissions, '--exercise', 'endpoints', '--seed', 'hostile']
  const how = ['--isolation', 'os', '--jobs', String(jobs), '--format', 'json']
  const env = { ...process.env, HOME: home, TMPDIR: temporary, CANARY: canary, NO_COLOR: '1' }
  const options = { cwd: course.folder, env, maxBuffer: 1024 * 1024 * 1024 }
  return new Promise((resolve, reject) => {
    const command = [course.path('grader/course.js'), ...what, ...how]
    execFile(process.execPath, command, options, (error, stdout, stderr) => {
      try {
        const status = error ? Number(error.code) : 0
        resolve({ report: JSON.parse(stdout), status })
      } catch {
        reject(new Error(`the command printed no report: ${stdout.slice(0, 2000)}${stderr}`))
      }
    })
  })
}

function exerciseOf(report: Report, name: string): Exercise {
  const found = report.submissions.find((submission) => submission.name === name)?.exercises[0]
  if (!found) throw new Error(`the report has no ${name}`)
  return found
}

/** Every text in a value, at whatever depth. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

/** A result without what differs from run to run: times and the ports that the system gave. */
function withoutChance({ tests, ...exercise }: Exercise): unknown {
  const plain = (text: string) => text.replace(/\b\d{5}\b/g, 'PORT')
  return {
    ...exercise,
    durationMs: 0,
    tests: tests.map(({ message = '', wire: _, ...test }) => ({
      ...test,
      message: plain(message),
    })),
  }
}

/** All that no submission may change, in one hash: the class, the course, the home. */
function fingerprint(): string {
  const hash = createHash('sha256')
  const visit = (place: string) => {
    const stat = fs.lstatSync(place)
    hash.update(`${place} ${stat.mode} ${stat.size}\n`)
    if (stat.isDirectory())
      for (const name of fs.readdirSync(place).sort()) visit(path.join(place, name))
    else if (stat.isFile()) hash.update(`${stat.mtimeMs}\n`)
  }
  for (const place of [classroom, home]) visit(place)
  for (const name of ['test', 'solutions', 'exercises', 'grader', 'course.ts', 'package.json']) {
    visit(course.path(name))
  }
  return hash.digest('hex')
}

/** Processes that submissions left: what sleeps so long, or works in the class's folder. */
function remains(): string[] {
  return fs.readdirSync('/proc').flatMap((pid) => {
    try {
      const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      const where = fs.readlinkSync(`/proc/${pid}/cwd`)
      return command.includes(asleep) || where.startsWith(folder) ? [`${pid} ${command}`] : []
    } catch {
      return []
    }
  })
}
