// needs linux: other systems have another name for the second error
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import { fdOf } from '#sockopt'

const server = net.createServer((accepted) => accepted.destroy())
await once(server.listen(0, '127.0.0.1'), 'listening')

// #region read
try {
  fs.readSync(fdOf(server), Buffer.alloc(1024))
} catch (error) {
  console.log('recv from the listener:', (error as NodeJS.ErrnoException).code)
}
try {
  fs.writeSync(fdOf(server), 'hello')
} catch (error) {
  console.log('send to the listener:', (error as NodeJS.ErrnoException).code)
}
// #endregion
server.close()
