// needs linux: elsewhere the table of TCP sockets is not a file
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'

const stateNames: Record<string, string> = { '01': 'ESTABLISHED', '02': 'SYN_SENT' }

/** The states of all clients of this port, counted. */
function clientsOf(port: number): Record<string, number> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  const table = fs.readFileSync('/proc/net/tcp', 'utf8')
  const counts: Record<string, number> = {}
  for (const [, state = ''] of table.matchAll(new RegExp(`:\\S+ [0-9A-F]+:${hex} (..)`, 'g'))) {
    const name = stateNames[state] ?? state
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

// #region queue
async function measure(backlog: number) {
  const server = net.createServer((accepted) => accepted.destroy())
  await once(server.listen({ host: '127.0.0.1', port: 0, backlog }), 'listening')
  const { port } = server.address() as net.AddressInfo

  const clients = Array.from({ length: 10 }, () => net.connect(port, '127.0.0.1'))
  // The kernel has the calls by now, and this program has not been back to its events.
  await new Promise<void>((resolve) => process.nextTick(resolve))
  const { ESTABLISHED, SYN_SENT = 0 } = clientsOf(port)
  console.log(`backlog ${backlog}: ${ESTABLISHED} connected, ${SYN_SENT} not`)

  for (const client of clients) client.on('error', () => {}).destroy()
  server.close()
}
for (const backlog of [0, 1, 5, 128]) await measure(backlog)
// #endregion
