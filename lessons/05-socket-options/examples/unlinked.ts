import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lesson-'))
process.chdir(folder)

// #region unlink
async function listen(name: string): Promise<net.Server> {
  const server = net.createServer((accepted) => accepted.end(name))
  await once(server.listen('talk.sock'), 'listening')
  return server
}
async function ask(when: string) {
  const answer = net.connect('talk.sock').toArray()
  console.log(`${when}:`, await answer.then(String, (error) => error.code))
}

const first = await listen('the first server')
fs.unlinkSync('talk.sock')
await ask('the file removed')

const second = await listen('the second server')
await ask('a second server')

first.close()
await once(first, 'close')
await ask('the first closed')
// #endregion
second.close()
fs.rmSync(folder, { recursive: true })
