import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region breaks
async function breakOff(): Promise<net.Socket> {
  const client = net.connect(port, '127.0.0.1')
  const [[accepted]] = await Promise.all([once(server, 'connection'), once(client, 'connect')])
  client.resetAndDestroy()
  return accepted
}

const uncaught = once(process, 'uncaughtException')
await breakOff()
console.log('would end the program:', (await uncaught)[0].message)

const accepted = await breakOff()
accepted.on('end', () => console.log('end'))
accepted.on('error', (error) => console.log('error:', error.message))
accepted.on('close', () => console.log('close'))
// #endregion
accepted.on('close', () => server.close())
