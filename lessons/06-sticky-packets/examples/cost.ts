import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const ACK = '\x06'
const server = net.createServer((accepted) => {
  accepted.on('error', () => accepted.destroy())
  accepted.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 0x0a) accepted.write(ACK)
  })
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region cost
async function timeFor(wait: (socket: net.Socket) => Promise<unknown>): Promise<number> {
  const socket = net.connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const begin = performance.now()
  for (let i = 0; i < 20; i += 1) {
    socket.write(`message ${i}\n`)
    await wait(socket)
  }
  socket.destroy()
  return performance.now() - begin
}

const paused = await timeFor(() => sleep(50))
const inTurn = await timeFor((socket) => once(socket, 'data'))
console.log('20 pauses of 50 ms take a second:', paused > 950)
console.log('20 receives take less than half of that:', inTurn < paused / 2)
// #endregion
server.close()
