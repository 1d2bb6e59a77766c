// needs linux: other systems may allow less; macOS, 9,216 bytes
import dgram from 'node:dgram'
import { once } from 'node:events'

const receiver = dgram.createSocket({ type: 'udp4', recvBufferSize: 1_000_000 })
receiver.bind(0, '127.0.0.1')
await once(receiver, 'listening')
const { port } = receiver.address()

// #region sizes
const sender = dgram.createSocket('udp4')
const send = (message: Buffer) =>
  new Promise<string>((resolve) => {
    sender.send(message, port, '127.0.0.1', (error) => resolve(error?.message ?? 'sent'))
  })
sender.on('error', (error) => console.log('an event:', error.message))
receiver.on('message', (message) => console.log('received', message.length))

console.log('65,507:', await send(Buffer.alloc(65_507)))
console.log('65,508:', (await send(Buffer.alloc(65_508))).replace(/:\d+$/, ''))

// And nobody asks how it went.
sender.send(Buffer.alloc(65_508), port, '127.0.0.1')
console.log('the last:', await send(Buffer.from('bye')))
// #endregion
while ((await once(receiver, 'message'))[0].length !== 3);
sender.close()
receiver.close()
