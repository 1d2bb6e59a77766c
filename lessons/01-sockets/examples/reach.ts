// needs linux, ipv6: elsewhere 127.0.0.2 is not an address of the machine
import { once } from 'node:events'
import net from 'node:net'

async function isReached(address: string, port: number): Promise<boolean> {
  const socket = net.connect(port, address)
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false // refused: nobody listens at this address and port
  } finally {
    socket.destroy()
  }
}

// #region bind
for (const host of ['127.0.0.1', '0.0.0.0', '::', undefined]) {
  const server = net.createServer((accepted) => accepted.destroy())
  await once(server.listen({ host, port: 0 }), 'listening')
  const { port } = server.address() as net.AddressInfo
  const reached: string[] = []
  for (const address of ['127.0.0.1', '127.0.0.2', '::1']) {
    if (await isReached(address, port)) reached.push(address)
  }
  console.log(`host ${host}: reached at ${reached.join(', ')}`)
  server.close()
}
// #endregion
