/** Worker threads that a student's program starts find what the first thread finds. */
import fs from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
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
