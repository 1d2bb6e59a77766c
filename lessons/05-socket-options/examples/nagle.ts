// needs linux: the delay is that of Linux
import { once } from 'node:events'
import net from 'node:net'

// #region exchanges
/** Answers when the second byte of a question is here. */
const server = net.createServer((accepted) => {
  let received = 0
  accepted.on('data', (chunk) => {
    received += chunk.length
    for (; received >= 2; received -= 2) accepted.write('.')
  })
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

async function typicalMs(noDelay: boolean, ask: (socket: net.Socket) => void): Promise<number> {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay })
  await once(socket, 'connect')
  const times: number[] = []
  for (let i = 0; i < 41; i++) {
    const start = performance.now()
    ask(socket)
    await once(socket, 'data')
    times.push(performance.now() - start)
  }
  socket.destroy()
  return times.sort((a, b) => a - b)[20] as number
}

const twoWrites = (socket: net.Socket) => {
  socket.write('?')
  socket.write('!')
}
const oneWrite = (socket: net.Socket) => socket.write('?!')
const show = (title: string, ms: number) =>
  console.log(`${title}: ${ms < 20 ? 'no delay' : 'a delay of some 40 ms'}`)

show('two writes', await typicalMs(false, twoWrites))
show('two writes, TCP_NODELAY', await typicalMs(true, twoWrites))
show('one write', await typicalMs(false, oneWrite))
// #endregion
server.close()
