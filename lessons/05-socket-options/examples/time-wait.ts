// needs linux: elsewhere the table of TCP sockets is not a file
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** The state in which the kernel keeps this end of a connection. */
function stateOf(local: number, remote: number): string {
  const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, '0')
  const table = fs.readFileSync('/proc/net/tcp', 'utf8')
  const row = new RegExp(`:${hex(local)} [0-9A-F]+:${hex(remote)} (..)`).exec(table)
  return row ? (row[1] === '06' ? 'TIME_WAIT' : 'in between') : 'gone'
}

// #region leave
async function visit(title: string, leave: (server: net.Socket, client: net.Socket) => void) {
  const client = net.connect(port, '127.0.0.1')
  const [[accepted]] = await Promise.all([once(server, 'connection'), once(client, 'connect')])
  const clientPort = client.localPort as number
  const closed = Promise.all([accepted, client].map((end) => once(end.resume(), 'close')))
  leave(accepted, client)
  await closed.catch(() => {})

  const states = () => [stateOf(port, clientPort), stateOf(clientPort, port)]
  while (states().includes('in between')) await sleep(5)
  console.log(`${title}: server's end ${states()[0]}, client's end ${states()[1]}`)
}

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

await visit('the server closes first', (server) => server.end())
await visit('the client closes first', (_, client) => client.end())
await visit('the server resets', (server) => server.resetAndDestroy())
// #endregion
server.close()
