/** When a wait ends that cannot be fulfilled, and when it must not. */
import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import type { StudentProcess } from '../../grader/student/process.ts'
import { Finding } from '../../grader/wire/finding.ts'
import { Recorder } from '../../grader/wire/recording.ts'
import { test as base, call, type Run } from '../grader/student/program.ts'
import { Watch } from './watch.ts'

type Watched = { student: StudentProcess; watch: Watch; recorder: Recorder }

const test = base.extend<{ watched: (source: string) => Promise<Watched> }>({
  watched: async ({ run }: { run: Run }, use) => {
    const watches: Watch[] = []
    await use(async (source) => {
      const recorder = new Recorder()
      const watch = new Watch(recorder)
      watches.push(watch)
      const student = await run(source)
      watch.follow(student)
      return { student, watch, recorder }
    })
    for (const watch of watches) watch.close()
  },
})

const never = new Promise<never>(() => {})
const say = () => ({ kind: 'nothing came', message: 'no reply came' }) as const
const IDLE = "import net from 'node:net'\nnet.createServer().listen(0, '127.0.0.1')\n"
const AFTER =
  'export const after = (ms: number) => new Promise((done) => setTimeout(done, ms, ms))\n'

test('a wait for a program that sleeps is ended, and says what is missing', async ({ watched }) => {
  const { watch } = await watched(IDLE)
  await expect(watch.wait(never, say)).rejects.toMatchObject({
    finding: { kind: 'nothing came', message: 'no reply came' },
  })
})

test('all waits end, each with its own words', async ({ watched }) => {
  const { watch } = await watched(IDLE)
  const ends = await Promise.allSettled([
    watch.wait(never, say),
    watch.wait(never, () => ({ kind: 'did not end', message: 'no FIN came' })),
  ])
  expect(ends.map((end) => end.status === 'rejected' && end.reason.message)).toEqual([
    'no reply came',
    'no FIN came',
  ])
})

test('what comes is passed on, and a rejection too', async ({ watched }) => {
  const { watch } = await watched(IDLE)
  expect(await watch.wait(Promise.resolve(7), say)).toBe(7)
  await expect(watch.wait(Promise.reject(new Error('no')), say)).rejects.toThrow('no')
})

test('a program with a timer is not declared stuck', async ({ watched }) => {
  const { student, watch } = await watched(IDLE + AFTER)
  const reply = await watch.wait(call(student, 'after', 1_200), say)
  expect(reply).toMatchObject({ ok: true, value: 1_200 })
})

test('a program that works on another thread is not declared stuck', async ({ watched }) => {
  const { student, watch } = await watched(`import { pbkdf2 } from 'node:crypto'
    export const work = () => new Promise((done) => pbkdf2('a', 'b', 600_000, 32, 'sha512', () => done('done')))`)
  expect(await watch.wait(call(student, 'work'), say)).toMatchObject({ value: 'done' })
})

test('a program with a child process is not declared stuck', async ({ watched }) => {
  const { student, watch } = await watched(`import { exec } from 'node:child_process'
    export const nap = () => new Promise((done) => exec('sleep 0.7', () => done('slept')))`)
  expect(await watch.wait(call(student, 'nap'), say)).toMatchObject({ value: 'slept' })
})

test('while the test is busy, a sleeping program proves nothing', async ({ watched }) => {
  const { watch } = await watched(IDLE)
  let isOver = false
  const wait = watch.wait(never, say).catch(() => {
    expect(isOver).toBe(true)
  })
  await watch.busy(async () => {
    await delay(600)
    isOver = true
  })
  await wait
})

test('what the test does starts the proof anew', async ({ watched }) => {
  const { watch, recorder } = await watched(IDLE)
  let isEnded = false
  const wait = watch.wait(never, say).catch(() => {
    isEnded = true
  })
  for (let i = 0; i < 30; i++) {
    recorder.add({ kind: 'note', way: 'in', conn: '', text: 'still at it' })
    await delay(20)
  }
  expect(isEnded).toBe(false)
  await wait
})

test('a death ends every wait with itself', async ({ watched }) => {
  const { student, watch } = await watched(
    'export const leave = () => { setImmediate(() => process.exit(3)); return 1 }',
  )
  await call(student, 'leave')
  await expect(watch.wait(never, say)).rejects.toMatchObject({
    name: 'ProgramDied',
    death: { how: 'exited' },
  })
  await expect(watch.wait(never, say)).rejects.toMatchObject({ name: 'ProgramDied' })
})

test('a loop that never gives way is told', async ({ watched }) => {
  const { student, watch } = await watched('export const spin = () => { for (;;) ; }')
  call(student, 'spin').catch(() => {})
  await expect(watch.wait(never, say)).rejects.toMatchObject({ death: { how: 'hung' } })
})

test.skipIf(process.platform !== 'linux')(
  'a program that stopped itself is told (Linux)',
  async ({ watched }) => {
    const { student, watch } = await watched(
      "export const stop = () => process.kill(process.pid, 'SIGSTOP')",
    )
    call(student, 'stop').catch(() => {})
    await expect(watch.wait(never, say)).rejects.toMatchObject({
      death: { message: expect.stringContaining('SIGSTOP') },
    })
  },
)

test('a call that failed is the cause of what then never came', async ({ watched }) => {
  const { watch } = await watched(IDLE)
  watch.callFailed({ kind: 'threw', message: 'ask threw: no' })
  const error = await watch.wait(never, say).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(Finding)
  expect(error).toMatchObject({
    finding: { kind: 'threw', message: 'ask threw: no; so no reply came' },
  })
})

test('where there is no such function nobody waits for a proof', async ({ watched }) => {
  const { watch } = await watched('setInterval(() => {}, 10)')
  const wait = watch.wait(never, say)
  watch.callFailed({ kind: 'no such export', message: 'main.ts exports no `ask`' })
  await expect(wait).rejects.toMatchObject({
    finding: { kind: 'no such export', message: 'main.ts exports no `ask`' },
  })
})

test('settled is when all was done that could be', async ({ watched }) => {
  const { student, watch } = await watched(`let done = 0
    export const begin = () => { const more = () => { if (++done < 2_000) setImmediate(more) }; more() }
    export const count = () => done`)
  await call(student, 'begin')
  await watch.settled()
  expect(await call(student, 'count')).toMatchObject({ value: 2_000 })
})

test('settled gives up on a program that never comes to rest, and on a dead one', async ({
  watched,
}) => {
  const { student, watch } = await watched('setInterval(() => {}, 5)')
  await watch.settled()
  await student.kill()
  await watch.settled()
  await watch.turn()
})

test('a turn is the program’s own', async ({ watched }) => {
  const { student, watch } = await watched(`let turns = 0
    export const count = () => turns
    const go = () => { turns += 1; setImmediate(go) }
    go()`)
  const before = (await call(student, 'count')) as { value: number }
  await watch.turn()
  const after = (await call(student, 'count')) as { value: number }
  expect(after.value).toBeGreaterThan(before.value)
})
