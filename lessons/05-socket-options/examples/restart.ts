// needs linux: elsewhere the table of TCP sockets is not a file
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import { fdOf, setsockopt } from '#sockopt'

const names: Record<string, string> = { '06': 'TIME_WAIT', '0A': 'LISTEN' }

function atPort(port: number): string {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  const table = fs.readFileSync('/proc/net/tcp', 'utf8')
  const rows = table.matchAll(new RegExp(`: [0-9A-F]+:${hex} \\S+ (..)`, 'g'))
  return [...rows]
    .map(([, state = '']) => names[state] ?? 'in between')
    .sort()
    .join(' and ')
}

// #region restart
async function listen(port: number): Promise<net.Server> {
  const server = net.createServer()
  await once(server.listen(port, '127.0.0.1'), 'listening')
  return server
}

async function restart(reuse: 0 | 1) {
  const server = await listen(0)
  const { port } = server.address() as net.AddressInfo
  const client = net.connect(port, '127.0.0.1')
  const [accepted] = (await once(server, 'connection')) as [net.Socket]
  // What Node has set for us: 1.
  setsockopt(fdOf(accepted), 'SOL_SOCKET', 'SO_REUSEADDR', reuse)

  // The server closes first, and ends.
  accepted.resume().end()
  await Promise.all([once(accepted, 'close'), once(client.resume(), 'close')])
  server.close()
  await once(server, 'close')
  console.log(`SO_REUSEADDR ${reuse}: left at the port: ${atPort(port)}`)

  const next = await listen(port).catch((error) => error.code)
  console.log('the next server:', next instanceof net.Server ? atPort(port) : next)
  if (next instanceof net.Server) next.close()
}

await restart(0)
await restart(1)
// #endregion
