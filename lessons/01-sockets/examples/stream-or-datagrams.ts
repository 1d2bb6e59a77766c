import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer((accepted) => {
  accepted.on('data', (bytes) => console.log(`stream: ${bytes}`))
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

const receiver = dgram.createSocket('udp4')
receiver.on('message', (bytes) => {
  console.log(`datagram: ${bytes}`)
  if (bytes.toString() === 'bye') receiver.close()
})
receiver.bind(0, '127.0.0.1')
await once(receiver, 'listening')

// #region send
const stream = net.connect(port, '127.0.0.1')
stream.write('good')
stream.write('bye')
stream.end()
await once(stream, 'close')

const sender = dgram.createSocket('udp4')
const { port: receiverPort } = receiver.address()
sender.send('good', receiverPort, '127.0.0.1')
sender.send('bye', receiverPort, '127.0.0.1', () => sender.close())
// #endregion
server.close()
