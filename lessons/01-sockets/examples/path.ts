import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'socket-'))
process.chdir(folder)

// #region path
const server = net.createServer((accepted) => accepted.end('hello from next door'))
await once(server.listen('./door'), 'listening')
console.log('listening at', server.address(), 'a file:', fs.statSync('./door').isSocket())

const socket = net.connect('./door')
const [bytes] = await once(socket, 'data')
console.log(`${bytes}, from ${socket.remoteAddress}:${socket.remotePort}`)
// #endregion
server.close()
await once(server, 'close')
fs.rmdirSync(folder)
