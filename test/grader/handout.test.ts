/** The students' repository, made once by the command and then used as students use it. */
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import { builtinModules } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BadCall } from '../../grader/exit.ts'
import { makeHandout } from '../../grader/handout/make.ts'
import { compileSuite } from '../../grader/handout/suites.ts'
import { type ExerciseInfo, exercises, findExercise, root } from '../../grader/manifest.ts'
import type { Report } from '../../grader/verdict/result.ts'
import { readOpenOrSealed, seal, sealOf } from '../../grader/verdict/seal.ts'

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'handout-')))
const made = path.join(folder, 'students')
/** What vitest keeps between runs, and where programs put what they put aside. */
const cache = path.join(folder, 'cache')
const temporary = path.join(folder, 'tmp')
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

const env = { ...process.env, VITEST_FS_MODULE_CACHE_PATH: cache, TMPDIR: temporary }

/** Runs a command in `cwd` to its end. */
async function run(cwd: string, file: string, ...args: string[]) {
  const ended = promisify(execFile)(file, args, { cwd, env, maxBuffer: 1e8 })
  return ended.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  )
}
const course = (at: string, ...args: string[]) =>
  run(at, process.execPath, path.join(at, 'grader/course.js'), ...args)

const read = (...parts: string[]) => fs.readFileSync(path.join(made, ...parts), 'utf8')
const own = (file: string) => fs.readFileSync(path.join(root, file), 'utf8')
const exercise = (id: string): ExerciseInfo => findExercise(id) ?? expect.fail(`no ${id}`)

beforeAll(async () => {
  fs.mkdirSync(temporary)
  const command = [path.join(root, 'grader/course.js'), 'handout', made]
  const { code, stdout, stderr } = await run(folder, process.execPath, ...command)
  expect(stderr).toBe('')
  expect(stdout).toContain('its hidden tests are sealed')
  expect(code).toBe(0)
})

test('its package.json says what students can do, and npm finds a lock that fits it', async () => {
  const { scripts, dependencies, devDependencies } = JSON.parse(read('package.json'))
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'check', 'update-course']))
  for (const name of ['test', 'lint', 'handout', 'new']) expect(scripts).not.toHaveProperty(name)
  expect(devDependencies).not.toHaveProperty('playwright-core')
  expect(Object.keys(JSON.parse(read('package-lock.json')).packages)).not.toContain(
    'node_modules/playwright-core',
  )
  for (const [, name] of read('README.md').matchAll(/npm run ([\w-]+)/g))
    expect(scripts).toHaveProperty([name ?? ''])
  // npm ci refuses a lock that does not fit, without installing anything.
  const install = ['ci', '--dry-run', '--offline', '--ignore-scripts', '--no-audit']
  const { code, stderr } = await run(made, 'npm', ...install)
  expect(code, stderr).toBe(0)
  const known = new Set([...Object.keys({ ...dependencies, ...devDependencies })])
  expect(packagesImported().filter((name) => !known.has(name))).toEqual([])
})

/** What the handout's own sources import by name. */
function packagesImported(): string[] {
  const names = fs.globSync(['grader/**/*.ts', 'site/**/*.ts', 'test/harness/*.ts'], { cwd: made })
  const imports = names.flatMap((name) => [
    ...read(name).matchAll(
      /^(?:import|export)\b(?! type\b)[^'"]*from '((?:@[\w-]+\/)?[a-z][\w-]*)['/]/gm,
    ),
  ])
  const found = new Set(imports.map(([, name]) => name ?? ''))
  expect(found.size).toBeGreaterThan(10)
  return [...found].filter((name) => name !== 'node' && !builtinModules.includes(name))
}

test('holds no solution, no mistake and no hidden test that anybody could read', () => {
  const names = filesIn(made).map((file) => path.relative(made, file))
  const all = plain(
    names.map((name) => fs.readFileSync(path.join(made, name), 'latin1')).join('\n'),
  )
  expect(all).toContain(plain('export class Runner'))
  const secrets = fs
    .globSync('{solutions,test/hidden,test/mistakes}/**/*.ts', { cwd: root })
    .map((name) => ({ name, lines: distinctiveLines(name) }))
  // A line or two may be there by chance, or in a hint.
  const readable = secrets.filter(({ lines }) => {
    return lines.length > 0 && lines.filter((line) => all.includes(line)).length > lines.length / 2
  })
  expect(secrets.flatMap(({ lines }) => lines).length).toBeGreaterThan(1_000)
  expect(readable.map(({ name }) => name)).toEqual([])
  // What is given is no more than it is meant to be: no exercise is handed out solved.
  for (const { place } of exercises) {
    const stub = path.join('test/stubs', place, 'main.ts')
    expect(read('exercises', place, 'main.ts')).toBe(own(stub))
  }
  expect(
    names.filter(
      (name) =>
        /^(solutions|test\/(?!harness|stubs))/.test(name) && !/(\.sealed|titles\.json)$/.test(name),
    ),
  ).toEqual([])
})

/** Code without what a compiler writes in another way. */
const plain = (code: string) => code.replace(/["`]/g, "'").replace(/[\s;,]/g, '')

const stubs = fs.globSync('test/stubs/**/*.ts', { cwd: root }).map(own).join('\n')

/** Long lines of a file, spread over it, that no stub has: six, of a mistake two, for there are many. */
function distinctiveLines(name: string): string[] {
  const count = name.startsWith('test/mistakes') ? 2 : 6
  const long = own(name)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length > 45 && !line.startsWith('import ') && !stubs.includes(line))
    .map((line) => plain(Buffer.from(line).toString('latin1')))
  const step = Math.max(1, long.length / count)
  return long.filter((_, i) => Math.floor(i / step) > Math.floor((i - 1) / step))
}

test('a seal is the same each time, and a damaged one says what to do', async () => {
  // The handout was made in another working directory, which is no reason to be another one.
  const suite = exercise('file-server')
  const sealed = readOpenOrSealed(path.join(made, path.relative(root, suite.hidden)))
  expect(sealed).toBe(await compileSuite(suite))
  const file = path.join(folder, 'suite.ts')
  fs.writeFileSync(sealOf(file), seal('the same'))
  expect(seal('the same')).toEqual(fs.readFileSync(sealOf(file)))
  expect(readOpenOrSealed(file)).toBe('the same')
  fs.truncateSync(sealOf(file), 30)
  expect(() => readOpenOrSealed(file)).toThrow(/suite\.ts\.sealed is damaged: get this file again/)
  fs.truncateSync(sealOf(file), 3)
  expect(() => readOpenOrSealed(file)).toThrow(/is damaged/)
  expect(readOpenOrSealed(path.join(folder, 'nothing.ts'))).toBeUndefined()
})

describe('with the packages installed', () => {
  beforeAll(() => fs.symlinkSync(path.join(root, 'node_modules'), path.join(made, 'node_modules')))

  test('gives the verdicts that the course gives, and leaves nothing unsealed behind', async () => {
    const submission = path.join(folder, 'ann')
    const hand = (id: string, file: string) =>
      fs.cpSync(path.join(root, file), path.join(submission, exercise(id).place, 'main.ts'))
    hand('endpoints', `test/stubs/01-sockets/endpoints/main.ts`)
    hand('first-client', `test/mistakes/02-tcp-clients/first-client/decodes-each-chunk.ts`)
    hand('udp-time-server', 'solutions/04-udp/udp-time-server/main.ts')
    const ids = ['endpoints', 'first-client', 'udp-time-server']
    const args = ['grade', submission, '--format', 'json', '--seed', '7', '--jobs', '1']
    const grade = async (at: string): Promise<Report> => {
      const { code, stdout, stderr } = await course(
        at,
        ...args,
        ...ids.flatMap((id) => ['--exercise', id]),
      )
      expect(code, stderr).toBe(0)
      return withoutTimes(JSON.parse(stdout))
    }
    const [here, there] = [await grade(root), await grade(made)]
    expect(there).toEqual(here)
    const statuses = there.submissions[0]?.exercises.map(({ status }) => status)
    expect(statuses).toEqual(['missing', 'fail', 'pass'])
    const failed = there.submissions[0]?.exercises[1]?.tests.find(({ status }) => status === 'fail')
    expect(failed?.mistake).toContain('each chunk was decoded on its own')

    const title = 'sends the message as UTF-8 and half-closes'
    expect(own('test/hidden/02-tcp-clients/first-client.test.ts')).toContain(title)
    const left = [...filesIn(cache), ...filesIn(temporary)]
    expect(left.length).toBeGreaterThan(10)
    expect(left.filter((file) => fs.readFileSync(file, 'latin1').includes(title))).toEqual([])
  })

  test('a student starts and resets', async () => {
    const first = await course(made, 'start', '--once')
    expect(first.stdout).toMatch(/endpoints, 0 of \d+ passed.*it is the untouched stub/s)
    expect(first.code).toBe(0)
    const main = path.join(made, 'exercises/01-sockets/endpoints/main.ts')
    fs.writeFileSync(main, 'mine')
    expect(await course(made, 'reset', 'endpoints', '--yes')).toMatchObject({ code: 0 })
    expect(fs.readFileSync(main, 'utf8')).toBe(own('test/stubs/01-sockets/endpoints/main.ts'))
  })

  test('the site names the hidden tests, and has neither gallery nor a link to one', async () => {
    const script = `import { createSite } from './site/app.ts'
      const site = createSite({ base: '/' })
      const get = async (address) => {
        const response = await site.request(address)
        return { status: response.status, text: await response.text() }
      }
      const pages = ['/', '/exercises/first-client/', '/exercises/file-server/', '/gallery/']
      console.log(JSON.stringify(await Promise.all(pages.map(get))))`
    const node = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script]
    const { stdout, stderr } = await run(made, process.execPath, ...node)
    expect(stderr).toBe('')
    const [home, exercise, capstone, gallery] = JSON.parse(stdout)
    expect([home, exercise, capstone, gallery].map(({ status }) => status)).toEqual([
      200, 200, 200, 404,
    ])
    expect(home.text + exercise.text + capstone.text).not.toMatch(/gallery\//)
    expect(exercise.text).toContain('sends the message as UTF-8 and half-closes')
    expect(capstone.text).toMatch(/<h3>1\. login<\/h3>.*<h3>9\. resume<\/h3>/s)
  })
})

test('a folder that holds something is refused, and stays as it is', async () => {
  const before = fs.readdirSync(made).sort()
  await expect(makeHandout(made)).rejects.toThrow(`${made} is there and is no empty folder`)
  await expect(makeHandout(path.join(root, 'LICENSE'))).rejects.toThrow(BadCall)
  expect(fs.readdirSync(made).sort()).toEqual(before)
})

function filesIn(place: string): string[] {
  return fs
    .readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
}

/** A report without times and ports, and without the wire's order, which nothing orders to the millisecond. */
function withoutTimes(report: Report): Report {
  const text = JSON.stringify(report, (key, value) => {
    if (key === 'durationMs') return 0
    if (key === 'wire')
      return value
        .replace(/^ *\d+\.\d{3}/gm, '')
        .split('\n')
        .sort()
    return value
  })
  return JSON.parse(text.replace(/\b(3[2-9]|[45]\d|60)\d{3}\b/g, 'PORT'))
}
