// needs linux: elsewhere the table of TCP sockets is not a file
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const names: Record<string, string> = {
  '01': 'ESTABLISHED',
  '05': 'FIN_WAIT2',
  '06': 'TIME_WAIT',
  '08': 'CLOSE_WAIT',
  '0A': 'LISTEN',
}

function stateOf(local: number, remote: number): string {
  const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, '0')
  const table = fs.readFileSync('/proc/net/tcp', 'utf8')
  const row = new RegExp(`:${hex(local)} [0-9A-F]+:${hex(remote)} (..)`).exec(table)
  return row?.[1] === undefined ? 'gone' : (names[row[1]] ?? 'in between')
}

async function show(moment: string) {
  const states = () => [stateOf(clientPort, port), stateOf(port, clientPort)]
  // A FIN that is not yet acknowledged has states of its own; they pass in milliseconds.
  while (states().includes('in between')) await sleep(5)
  console.log(`${moment}: client ${states()[0]}, server ${states()[1]}`)
}

// #region life
const server = net.createServer({ allowHalfOpen: true })
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo
console.log(`listening socket: ${stateOf(port, 0)}`)

const client = net.connect(port, '127.0.0.1')
const [accepted] = (await once(server, 'connection')) as [net.Socket]
const clientPort = accepted.remotePort as number
await show('after the handshake')

client.end()
await once(accepted.resume(), 'end')
await show('after the FIN of the client')

accepted.end()
await once(client.resume(), 'close')
await show('after the FIN of the server')
// #endregion
server.close()
