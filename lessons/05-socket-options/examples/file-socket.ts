import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lesson-'))
process.chdir(folder)

// #region file
process.umask(0o027)
const server = net.createServer((accepted) => {
  console.log('the client at the other end:', accepted.remoteAddress, accepted.remotePort)
  accepted.end('hello')
})
await once(server.listen('talk.sock'), 'listening')

console.log('address:', server.address())
const file = fs.lstatSync('talk.sock')
console.log('a socket:', file.isSocket(), 'mode:', (file.mode & 0o777).toString(8))

const client = net.connect('talk.sock')
const [greeting] = await once(client, 'data')
console.log(`client: ${greeting}`)
try {
  fs.readFileSync('talk.sock')
} catch {
  console.log('opened like a file: refused')
}

server.close()
await once(server, 'close')
console.log('after close():', fs.readdirSync('.').join() || 'no file')
// #endregion
fs.rmSync(folder, { recursive: true })
