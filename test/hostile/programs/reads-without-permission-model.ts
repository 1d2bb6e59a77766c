// does: gets round Node's permission model: by a Node without it, by NODE_OPTIONS, by a thread's own flags, by internals
// node: a Node that is started by a shell is free
// exercise: endpoints
// status: pass
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { attempt, courses, grab } from './accomplice.ts'

const target = `${courses[0]}/test/harness/index.ts`
const script = `process.stdout.write(require('node:fs').readFileSync(${JSON.stringify(target)}, 'utf8'))`
await attempt('read by a Node of its own', () => {
  const command = `unset NODE_OPTIONS; exec ${process.execPath} -e ${JSON.stringify(script)} 2>/dev/null`
  return execFileSync('/bin/sh', ['-c', command], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
})
await attempt('read by NODE_OPTIONS in a file', () => {
  const file = path.join(os.homedir(), '.env')
  fs.writeFileSync(file, 'NODE_OPTIONS=--no-permission --allow-fs-read=*\n')
  process.loadEnvFile(file)
  return grab(target)
})
await attempt('read by a thread with flags of its own', async () => {
  const source = `const { parentPort } = require('node:worker_threads'); ${script.replace('process.stdout.write', 'parentPort.postMessage')}`
  const options = {
    eval: true,
    execArgv: ['--no-permission'],
    env: { NODE_OPTIONS: '--no-permission' },
  }
  const worker = new Worker(source, options)
  return new Promise((resolve, reject) => {
    worker.on('message', resolve)
    worker.on('error', reject)
  })
})
await attempt('read by internals', () => {
  const { binding } = process as unknown as {
    binding(name: string): Record<string, (...args: unknown[]) => unknown>
  }
  return binding('fs').readFileUtf8?.(target, 0)
})

export { describeConnection } from './accomplice.ts'
