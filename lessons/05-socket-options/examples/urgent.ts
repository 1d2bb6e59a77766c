// needs linux: the number of MSG_OOB is that of Linux
import { once } from 'node:events'
import net from 'node:net'
import { fdOf, setsockopt } from '#sockopt'

// Node sends no urgent bytes, so the call comes from the C library. The module that makes it is
// experimental, and would say so on stderr.
process.removeAllListeners('warning')
const { dlopen } = await import('node:ffi')
const { functions } = dlopen(null, {
  send: { arguments: ['i32', 'buffer', 'u64', 'i32'], return: 'i64' },
})
const MSG_OOB = 1
const sendUrgent = (socket: net.Socket, text: string) =>
  functions.send(fdOf(socket), Buffer.from(text), 1n, MSG_OOB)

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region visit
async function visit(inline: 0 | 1) {
  const client = net.connect(port, '127.0.0.1')
  const [[accepted]] = await Promise.all([once(server, 'connection'), once(client, 'connect')])
  setsockopt(fdOf(accepted), 'SOL_SOCKET', 'SO_OOBINLINE', inline)

  client.write('ab')
  sendUrgent(client, '!')
  client.end('cd')
  console.log(`SO_OOBINLINE ${inline}:`, (await accepted.toArray()).join(''))
}

await visit(0)
await visit(1)
// #endregion
server.close()
