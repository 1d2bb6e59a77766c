import dgram from 'node:dgram'
import { once } from 'node:events'

// #region burst
const receiver = dgram.createSocket({ type: 'udp4', recvBufferSize: 50_000 })
receiver.bind(0, '127.0.0.1')
await once(receiver, 'listening')
const sender = dgram.createSocket('udp4')
sender.connect(receiver.address().port, '127.0.0.1')
await once(sender, 'connect')

let errors = 0
for (let i = 0; i < 1_000; i++) {
  sender.send(Buffer.alloc(1_000), (error) => {
    if (error) errors += 1
  })
}
// #endregion
let arrived = 0
const sentinel = setInterval(() => sender.send('that was all'), 10)
receiver.on('message', (message) => {
  if (message.length === 1_000) {
    arrived += 1
    return
  }
  clearInterval(sentinel)
  console.log('sent: 1000, errors:', errors)
  console.log('all of them arrived:', arrived === 1_000)
  console.log('some of them arrived:', arrived > 0)
  sender.close()
  receiver.close()
})
