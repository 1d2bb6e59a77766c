import { once } from 'node:events'
import net from 'node:net'

process.on('uncaughtException', (error) => {
  console.log('the server dies of its second client:', error.message)
  process.exit()
})

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region breaks
async function breakOff(prepare: (accepted: net.Socket) => void) {
  const socket = net.connect(port, '127.0.0.1')
  const [[accepted]] = await Promise.all([once(server, 'connection'), once(socket, 'connect')])
  prepare(accepted)
  socket.resetAndDestroy()
  await new Promise((resolve) => accepted.on('close', resolve))
}

await breakOff((accepted) => {
  accepted.on('end', () => console.log('end'))
  accepted.on('error', (error) => console.log('error:', error.message))
  accepted.on('close', () => console.log('close'))
})
console.log('the server lives on')
await breakOff(() => {})
// #endregion
