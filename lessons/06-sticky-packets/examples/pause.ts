import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'

const server = net.createServer({ pauseOnConnect: true })
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

/** However late the timer is on a busy machine: a receiver that reads has its turn before we go on. */
async function pause(ms: number) {
  await sleep(ms)
  await turn()
}

// #region pause
async function received(isLate: boolean): Promise<string> {
  const chunks: string[] = []
  const socket = net.connect(port, '127.0.0.1')
  const [accepted] = (await once(server, 'connection')) as [net.Socket]
  accepted.on('data', (chunk) => chunks.push(String(chunk)))
  if (!isLate) accepted.resume()

  socket.write('one')
  await pause(500)
  socket.end('two')
  await once(socket, 'finish')

  accepted.resume()
  await once(accepted, 'end')
  return chunks.join(' | ')
}

console.log('a prompt receiver:', await received(false))
console.log('a late receiver:', await received(true))
// #endregion
server.close()
