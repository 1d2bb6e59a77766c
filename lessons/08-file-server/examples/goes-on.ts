import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lesson-'))
const part = path.join(folder, 'song.part')
const song = Buffer.from('monday tuesday')
const MOST = 8

// Sends the song from the offset that it is asked for, but eight bytes at most.
const server = net.createServer((accepted) => {
  accepted.once('data', (offset) => {
    accepted.end(song.subarray(Number(offset), Number(offset) + MOST))
  })
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region resume
fs.writeFileSync(part, '')
let have = 0
while (have < song.length) {
  const socket = net.connect(port, '127.0.0.1')
  socket.write(String(have))
  await pipeline(socket, fs.createWriteStream(part, { flags: 'a' }))
  console.log(`asked from ${have}:`, fs.readFileSync(part, 'utf8'))
  have = fs.statSync(part).size
}
// #endregion
server.close()
fs.rmSync(folder, { recursive: true })
