/** What `check` can do besides grading once, on a copy of the course. */
import { once } from 'node:events'
import fs from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { type CheckOptions, check } from '../../grader/commands/check.ts'
import { BadCall } from '../../grader/exit.ts'
import { exercises, findExercise } from '../../grader/manifest.ts'
import { CourseCopy } from './course-copy.ts'

const copy = new CourseCopy()
afterAll(() => copy.remove())

const exercise = findExercise('timestamp-server')
if (!exercise) throw new Error('timestamp-server is gone')
const main = copy.path('exercises', exercise.place, 'main.ts')
const solution = fs.readFileSync(exercise.solution, 'utf8')

test('options that make no sense together are refused in one sentence', async () => {
  const calls: [number, CheckOptions][] = [
    [2, { file: 'main.ts' }],
    [2, { pcap: 'x.pcapng' }],
    [0, { debug: true }],
    [1, { watch: true, debug: true }],
    [1, { watch: true, file: 'main.ts' }],
    [1, { pcap: '/no/such/folder/x.pcapng' }],
  ]
  for (const [count, options] of calls) {
    await expect(check(exercises.slice(0, count), options)).rejects.toThrow(BadCall)
  }
})

test('--test runs some tests, --wire shows what went over their wires, --pcap keeps it', async () => {
  fs.writeFileSync(main, solution)
  const more = ['--test', 'CLIENT', '--wire', '--pcap', 'check.pcapng']
  const { code, stdout } = await copy.run('check', exercise.id, ...more)
  expect(code).toBe(0)
  const titles = stdout.match(/^✓ .*$/gm) ?? []
  expect(titles.length).toBeGreaterThan(0)
  for (const title of titles) expect(title).toContain('client')
  expect(stdout).toContain('of the tests chosen')
  expect(stdout.match(/^ {2}wire {6}\d/gm)).toHaveLength(titles.length)
  expect(stdout).toMatch(/^pcap {6}\d+ packets in check\.pcapng, for Wireshark$/m)
  const file = fs.readFileSync(copy.path('check.pcapng'))
  for (const title of titles) expect(file.includes(title.replace(/ +\d+\/\d+$/, ''))).toBe(true)
  // A part of the tests is no pass.
  expect(stdout).not.toContain('npm run compare')
  expect(fs.existsSync(copy.path('.course/progress.json'))).toBe(false)
  const none = await copy.run('check', exercise.id, '--test', 'no such title')
  expect(none).toMatchObject({ code: 2, stdout: '' })
  for (const title of titles)
    expect(none.stderr).toContain(title.slice(2).replace(/ +\d+\/\d+$/, ''))
})

test('--watch grades at each save, and ends with an interrupt', async () => {
  fs.copyFileSync(exercise.stub, main)
  const session = copy.start('check', exercise.id, '--watch')
  await session.until(/untouched stub.*Ctrl-C ends/s)
  fs.writeFileSync(main, solution)
  expect(await session.until(/Ctrl-C ends/)).toContain('15/15 points')
  session.child.kill('SIGTERM')
  expect(await once(session.child, 'exit')).toEqual([0, null])
})

/** Long enough for every limit and every proof of the harness to have ended the test. */
const BREAK_MS = 4_000

test('--debug waits for a debugger, and a program at a breakpoint is not failed', async () => {
  fs.writeFileSync(main, solution)
  const session = copy.start('check', exercise.id, '--debug', '--test', 'nothing but FIN')
  const said = await session.until(/ws:.*Ctrl-C ends all/s)
  const debug = new WebSocket(/ws:\S+/.exec(said)?.[0] ?? '')
  await once(debug, 'open')
  let id = 0
  const command = (method: string, params = {}) =>
    debug.send(JSON.stringify({ id: ++id, method, params }))
  const paused = Promise.withResolvers<string[]>()
  debug.addEventListener('message', ({ data }) => {
    const { method, params } = JSON.parse(String(data))
    if (method === 'Debugger.paused') paused.resolve(params.hitBreakpoints)
  })
  command('Debugger.enable')
  // As editors do it: in the .ts file, before it is loaded.
  const lineNumber = solution.split('\n').findIndex((line) => line.includes("socket.on('end'")) + 1
  command('Debugger.setBreakpointByUrl', { url: `${pathToFileURL(main)}`, lineNumber })
  command('Runtime.runIfWaitingForDebugger')
  expect(await paused.promise).toEqual([expect.stringContaining('timestamp-server/main.ts')])
  await delay(BREAK_MS)
  command('Debugger.resume')
  expect(await session.until(/of the tests chosen\n.*\n/)).toMatch(/^✓ answers a client that/m)
  if (session.child.exitCode === null) await once(session.child, 'exit')
  expect(session.child.exitCode).toBe(0)
})
