import dgram from 'node:dgram'
import { once } from 'node:events'

const receiver = dgram.createSocket('udp4').bind(0, '127.0.0.1')
await once(receiver, 'listening')
const { port } = receiver.address()
const sender = dgram.createSocket('udp4')

// #region sum
let asStream = ''
let sum = 0
receiver.on('message', (message) => {
  console.log(`${message.length} bytes: "${message}"`)
  asStream += message
  sum += Number(message)
  if (String(message) !== '30') return
  console.log('as a stream:', Number(asStream))
  console.log('as datagrams:', sum)
  receiver.close()
})

sender.send('1', port, '127.0.0.1')
sender.send('2', port, '127.0.0.1')
sender.send('30', port, '127.0.0.1', () => sender.close())
// #endregion
