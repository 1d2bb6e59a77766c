import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

// #region stop
const present = new Set<net.Socket>()
const server = net.createServer((accepted) => {
  present.add(accepted)
  accepted.on('close', () => present.delete(accepted))
  accepted.on('error', () => accepted.destroy())
  accepted.resume()
})

async function stop(graceMs: number): Promise<number> {
  let cut = 0
  const grace = setTimeout(() => {
    cut = present.size
    for (const socket of present) socket.destroy()
  }, graceMs)
  server.close()
  await once(server, 'close')
  clearTimeout(grace)
  return cut
}
// #endregion

await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo
const idle = net.connect(port, '127.0.0.1')
await once(server, 'connection')
const stopped = stop(500)
console.log(await Promise.race([stopped, sleep(200, 'close() alone waits')]))
console.log('cut after the grace:', await stopped)
idle.destroy()
