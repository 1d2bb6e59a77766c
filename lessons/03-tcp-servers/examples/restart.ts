import { once } from 'node:events'
import net from 'node:net'

// #region twice
async function serveOne(port: number): Promise<number> {
  const server = net.createServer((accepted) => {
    // The server closes first, so its end of the connection is the one that stays in TIME_WAIT.
    accepted.end()
    server.close()
  })
  await once(server.listen(port, '127.0.0.1'), 'listening')
  const { port: mine } = server.address() as net.AddressInfo
  const client = net.connect(mine, '127.0.0.1')
  await Promise.all([once(server, 'close'), once(client.resume(), 'close')])
  return mine
}

const port = await serveOne(0)
console.log('listened at the same port again:', (await serveOne(port)) === port)
// #endregion
