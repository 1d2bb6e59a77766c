import { fork } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

/** The code of the error that came instead of the event, or `works`. */
function outcome(socket: net.Socket | net.Server, event: string): Promise<string> {
  return once(socket, event).then(
    () => 'works',
    (error) => error.code,
  )
}

if (process.argv[2]) {
  net.createServer().listen(process.argv[2], () => process.send?.('listening'))
  // A server until somebody kills it.
  await new Promise(() => {})
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lesson-'))
process.chdir(folder)
const child = fork(import.meta.filename, ['crashed.sock'])
await once(child, 'message')
child.kill('SIGKILL')
await once(child, 'exit')
fs.writeFileSync('notes.txt', 'do not lose these')
const live = net.createServer((accepted) => accepted.destroy())
await once(live.listen('live.sock'), 'listening')

// #region ask
for (const name of ['live.sock', 'crashed.sock', 'notes.txt', 'nothing']) {
  const socket = net.connect(name)
  const connect = await outcome(socket, 'connect')
  socket.destroy()
  const server = net.createServer().listen(name)
  const listen = await outcome(server, 'listening')
  server.close()
  console.log(`${name}: connect ${connect}, listen ${listen}`)
}
// #endregion
live.close()
fs.rmSync(folder, { recursive: true })
