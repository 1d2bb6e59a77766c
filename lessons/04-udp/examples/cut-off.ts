import dgram from 'node:dgram'
import { once } from 'node:events'
import fs from 'node:fs'
import { fdOf } from '#sockopt'

const receiver = dgram.createSocket('udp4').bind(0, '127.0.0.1')
await once(receiver, 'listening')
const sender = dgram.createSocket('udp4')
sender.connect(receiver.address().port, '127.0.0.1')
await once(sender, 'connect')

// #region receive
sender.send('hello, world')
sender.send('next')
console.log(recv(5))
console.log(recv(5))
// #endregion

/** recv(n) without Node's own reading, which cannot begin before this program lets go. */
function recv(length: number): string {
  const buffer = Buffer.alloc(length)
  while (true) {
    try {
      return buffer.toString('utf8', 0, fs.readSync(fdOf(receiver), buffer))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
    }
  }
}

receiver.close()
sender.close()
