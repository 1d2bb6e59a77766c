import { once } from 'node:events'
import net from 'node:net'

// A byte every 50 ms, for ever.
const server = net.createServer((accepted) => {
  const drip = setInterval(() => accepted.write('.'), 50)
  accepted.on('error', () => accepted.destroy())
  accepted.on('close', () => clearInterval(drip))
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

const socket = net.connect(port, '127.0.0.1')
// #region clocks
const giveUp = (limit: string) => () => socket.destroy(new Error(`${limit} limit passed`))
const idle = setTimeout(giveUp('idle'), 1_000)
const total = setTimeout(giveUp('total'), 1_500)
socket.on('data', () => idle.refresh())
socket.on('error', (error) => console.log(error.message))
socket.on('close', () => {
  clearTimeout(idle)
  clearTimeout(total)
  server.close()
})
// #endregion
