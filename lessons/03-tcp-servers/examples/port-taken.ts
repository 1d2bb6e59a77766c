import net from 'node:net'

function start(port: number): Promise<net.Server> {
  const server = net.createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

const first = await start(0)
const { port } = first.address() as net.AddressInfo
const second = await start(port).catch((error) => error)
console.log(second.code, second.syscall)
first.close()
