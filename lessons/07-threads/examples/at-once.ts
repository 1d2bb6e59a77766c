import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo
const sockets: net.Socket[] = []

// #region speak
const speech = Buffer.alloc(20_000_000, 'x')

/** Sends all, and only then listens. */
async function speaksFirst(socket: net.Socket): Promise<number> {
  socket.end(speech)
  await once(socket, 'finish')
  return listen(socket)
}

/** Listens while it sends. */
async function doesBoth(socket: net.Socket): Promise<number> {
  socket.end(speech)
  return listen(socket)
}

async function listen(socket: net.Socket): Promise<number> {
  let heard = 0
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.length
  })
  await once(socket, 'end')
  return heard
}

async function talk(end: (socket: net.Socket) => Promise<number>) {
  const anna = net.connect(port, '127.0.0.1')
  const [bert] = (await once(server, 'connection')) as [net.Socket]
  sockets.push(anna, bert)
  return Promise.all([end(anna), end(bert)])
}

const stuck = talk(speaksFirst)
console.log('speaks first:', await Promise.race([stuck, sleep(1_000, 'nobody moves')]))
console.log('does both:', await talk(doesBoth))
// #endregion
stuck.catch(() => {})
for (const socket of sockets) socket.destroy()
server.close()
