import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

async function ask(allowHalfOpen: boolean): Promise<string> {
  const server = net.createServer({ allowHalfOpen }, (accepted) => {
    accepted.on('error', (error) => console.log('server:', error.message))
    accepted.resume().on('end', async () => {
      await sleep(50)
      accepted.end('the answer')
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as net.AddressInfo
  const socket = net.connect(port, '127.0.0.1')
  socket.end('the question')
  const reply = (await socket.toArray()).join('')
  server.close()
  return reply || 'nothing'
}

console.log('half-open left at its default:', await ask(false))
console.log('allowHalfOpen:', await ask(true))
