/** What the kernel is asked, of real processes. */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect } from 'vitest'
import { asleep, cpuMs, hasChildren, isStopped } from '../../../grader/student/quiet.ts'
import { call, test } from './program.ts'

const FAR_MS = 5_000
/** How many looks in a row a program is watched that must never be seen asleep, and how far apart. */
const LOOKS = 30
const APART_MS = 10

/** Looks until the process is seen asleep twice in a row without anything in between. */
async function fallsAsleep(pid: number): Promise<string> {
  for (let before: string | undefined; ; await delay(APART_MS)) {
    const print = asleep(pid, FAR_MS)
    if (print !== undefined && print === before) return print
    before = print
  }
}

/** How often the process was seen asleep. */
async function timesAsleep(pid: number): Promise<number> {
  let times = 0
  for (let i = 0; i < LOOKS; i++) {
    if (asleep(pid, FAR_MS) !== undefined) times += 1
    await delay(APART_MS)
  }
  return times
}

const isLinux = process.platform === 'linux'
describe.skipIf(!isLinux)(`on Linux${isLinux ? '' : ' (skipped: /proc is not here)'}`, () => {
  test('an idle server is asleep', async ({ run }) => {
    const student = await run(
      "import net from 'node:net'\nnet.createServer().listen(0, '127.0.0.1')",
    )
    expect(await fallsAsleep(student.pid)).toMatch(/^\d+ /)
  })

  test('one that did something in between is told from one that slept on', async ({ run }) => {
    const student = await run('export const nothing = () => {}')
    const before = await fallsAsleep(student.pid)
    await call(student, 'nothing')
    expect(await fallsAsleep(student.pid)).not.toBe(before)
  })

  test('with worker threads that wait it is asleep as well', async ({ run }) => {
    const student = await run(`import { once } from 'node:events'
      import { Worker } from 'node:worker_threads'
      const worker = new Worker('require("worker_threads").parentPort.on("message", () => {})', { eval: true })
      await once(worker, 'online')`)
    expect(await fallsAsleep(student.pid)).toBeTypeOf('string')
  })

  test('one that opens a FIFO which nobody else opens is asleep', async ({ run, folder }) => {
    const fifo = path.join(folder, 'fifo')
    execFileSync('mkfifo', [fifo])
    const student = await run(
      `import fs from 'node:fs'\nfs.promises.readFile(${JSON.stringify(fifo)}).catch(() => {})`,
    )
    expect(await fallsAsleep(student.pid)).toBeTypeOf('string')
    // The kill would wait for the thread that is in open(2).
    fs.closeSync(fs.openSync(fifo, 'w'))
  })

  const awake = {
    'a timer': 'setTimeout(() => {}, 3_000)',
    'an interval': 'setInterval(() => {}, 20)',
    'a timer that is unref’d': 'setTimeout(() => {}, 3_000).unref()',
    'AbortSignal.timeout': 'export const signal = AbortSignal.timeout(3_000)',
    'a loop of immediates': 'const again = () => setImmediate(again)\nagain()',
    'a timer in a worker':
      "import { Worker } from 'node:worker_threads'\nnew Worker('setInterval(() => {}, 1000)', { eval: true })",
  }
  test.for(Object.entries(awake))('with %s it is not asleep', async ([, source], { run }) => {
    const student = await run(source)
    expect(await timesAsleep(student.pid)).toBe(0)
  })

  test('in a loop that never gives way it is not asleep, and uses the processor', async ({
    run,
  }) => {
    const student = await run('export const spin = () => { for (;;) ; }')
    call(student, 'spin').catch(() => {})
    const before = cpuMs(student.pid) ?? Number.NaN
    expect(await timesAsleep(student.pid)).toBe(0)
    expect(cpuMs(student.pid)).toBeGreaterThan(before)
  })

  test('a timer that is due later than asked for does not count', async ({ run }) => {
    const student = await run('setTimeout(() => {}, 60_000)')
    expect(await fallsAsleep(student.pid)).toBeTypeOf('string')
    expect(asleep(student.pid, 120_000)).toBeUndefined()
  })

  test('child processes are seen as long as they live', async ({ run }) => {
    const student = await run(`import { spawn } from 'node:child_process'
      const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] })
      await new Promise((started) => child.once('spawn', started))
      export const end = () => new Promise((ended) => { child.once('exit', ended); child.stdin.end() })`)
    expect(hasChildren(student.pid)).toBe(true)
    await call(student, 'end')
    expect(hasChildren(student.pid)).toBe(false)
  })

  test('a stopped process is told, and one that goes on is not', async ({ run }) => {
    const student = await run('')
    expect(isStopped(student.pid)).toBe(false)
    process.kill(student.pid, 'SIGSTOP')
    while (!isStopped(student.pid)) await delay(1)
    process.kill(student.pid, 'SIGCONT')
    while (isStopped(student.pid)) await delay(1)
  })

  test('of a process that is gone nothing is said', async ({ run }) => {
    const student = await run('')
    await student.kill()
    expect(asleep(student.pid, FAR_MS)).toBeUndefined()
    expect(cpuMs(student.pid)).toBeUndefined()
    expect(isStopped(student.pid)).toBe(false)
    expect(hasChildren(student.pid)).toBe(false)
  })
})
