import { once } from 'node:events'
import net from 'node:net'

// #region start
function careless(port: number): Promise<net.Server> {
  const server = net.createServer()
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

function careful(port: number): Promise<net.Server> {
  const server = net.createServer()
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

const first = await careful(0)
const { port } = first.address() as net.AddressInfo

const uncaught = once(process, 'uncaughtException')
careless(port)
console.log('would end the program:', (await uncaught)[0].code)
console.log('is caught:', await careful(port).catch((error) => error.code))
// #endregion
first.close()
