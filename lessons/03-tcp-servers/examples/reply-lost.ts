import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

// #region ask
async function ask(allowHalfOpen: boolean, thinkMs: number): Promise<string> {
  const server = net.createServer({ allowHalfOpen }, (accepted) => {
    accepted.on('error', (error) => console.log('server:', error.message))
    accepted.resume().on('end', async () => {
      if (thinkMs > 0) await sleep(thinkMs)
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

console.log('by default, after 50 ms:', await ask(false, 50))
console.log('by default, at once:', await ask(false, 0))
console.log('half-open, after 50 ms:', await ask(true, 50))
// #endregion
