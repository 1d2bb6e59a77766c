// needs linux: 127.0.0.2, and reusePort
import { once } from 'node:events'
import net from 'node:net'

const open: net.Server[] = []
async function listen(options: net.ListenOptions): Promise<string> {
  const server = net.createServer().listen(options)
  try {
    await once(server, 'listening')
    open.push(server)
    return 'listens'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? ''
  }
}
const lastPort = () => (open.at(-1)?.address() as net.AddressInfo | undefined)?.port

// #region taken
console.log('127.0.0.1:', await listen({ host: '127.0.0.1', port: 0 }))
const port = lastPort()
console.log('127.0.0.1, again:', await listen({ host: '127.0.0.1', port }))
console.log('0.0.0.0:', await listen({ host: '0.0.0.0', port }))
console.log('127.0.0.2:', await listen({ host: '127.0.0.2', port }))
console.log('198.51.100.1:', await listen({ host: '198.51.100.1', port }))

const shared = { host: '127.0.0.1', reusePort: true }
console.log('reusePort:', await listen({ ...shared, port: 0 }))
console.log('reusePort, again:', await listen({ ...shared, port: lastPort() }))
// #endregion
for (const server of open) server.close()
