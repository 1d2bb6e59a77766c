/** Worker threads that a student's program starts find what the first thread finds. */
import fs from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import type { RuntimeView } from '../../../grader/student/protocol.ts'
import { call, load, test } from './program.ts'

const MAIN = `
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
export async function ask(file: string) {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: file })
  const [[answer]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')])
  return answer
}
`
const WORKER = `
import fs from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import iconv from 'iconv-lite'
import { optionNames } from '#sockopt'
enum Kind { One, Two }
const handle = await fs.promises.open(workerData, 'w')
await handle.sync()
await handle.close()
parentPort?.postMessage([Kind.Two, iconv.encode('中', 'gbk').length, optionNames.length > 10])
`

test.for(['node', 'none'] as const)(
  'at level %s a worker has libraries, enums, fsync',
  async (isolation, { start, folder }) => {
    const student = start(MAIN, { isolation })
    fs.writeFileSync(path.join(student.started.folder, 'worker.ts'), WORKER)
    await load(student)
    const file = path.join(folder, 'scratch', 'file')
    expect(await call(student, 'ask', file)).toMatchObject({ ok: true, value: [1, 2, true] })
  },
)

const BUSY = `
import { Worker } from 'node:worker_threads'
const deaths: string[] = []
/** Starts a worker that computes without end, and one that waits; the second does not keep the program alive. */
export async function begin() {
  const texts = ['for (;;) {}', 'setInterval(() => {}, 1e6)']
  const workers = texts.map((text) => new Worker(text, { eval: true }))
  for (const worker of workers) {
    worker.on('error', () => deaths.push('error')).on('exit', () => deaths.push('exit'))
  }
  await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('online', resolve))))
  workers[1].unref()
}
export async function told() { return deaths }
`

test('threads are ended from outside, and the program is told of each one’s exit', async ({
  run,
}) => {
  const student = await run(BUSY)
  await call(student, 'begin')
  expect(await student.request({ op: 'view' })).toMatchObject({ value: { threads: 2 } })
  expect(await student.request({ op: 'end threads' })).toMatchObject({ ok: true, value: 2 })
  expect(await student.request({ op: 'view' })).toMatchObject({ value: { threads: 0 } })
  expect(await call(student, 'told')).toMatchObject({ value: ['exit', 'exit'] })
})

test('the view names the workers that keep the process alive, and no others', async ({ run }) => {
  const student = await run(BUSY)
  await call(student, 'begin')
  const reply = await student.request({ op: 'view' })
  if (!reply.ok || 'handle' in reply) throw new Error('no view')
  const { resources } = reply.value as RuntimeView
  expect(resources.filter((name) => name === 'Worker')).toHaveLength(1)
})
