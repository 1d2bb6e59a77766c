import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fdOf } from '#sockopt'

// pauseOnConnect: Node leaves the accepted socket alone, so that we can read from it ourselves.
const server = net.createServer({ pauseOnConnect: true })
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

/** recv(1024) of a blocking socket, so to speak: tries again until there is a result. */
async function recv(socket: net.Socket): Promise<number | string> {
  try {
    return fs.readSync(fdOf(socket), Buffer.alloc(1024))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EAGAIN') return code ?? 'unknown'
    await sleep(5)
    return recv(socket)
  }
}

// #region leave
async function visit(title: string, leave: (client: net.Socket) => void) {
  const client = net.connect(port, '127.0.0.1')
  const [accepted] = (await once(server, 'connection')) as [net.Socket]
  leave(client)
  console.log(`${title}:`, await recv(accepted), await recv(accepted), await recv(accepted))
  accepted.destroy()
}

await visit('FIN', (client) => client.end())
await visit('RST', (client) => client.resetAndDestroy())
// #endregion
server.close()
