import { once } from 'node:events'
import net from 'node:net'
import readline from 'node:readline'

// #region swallowed
const server = net.createServer(async (accepted) => {
  const lines = readline.createInterface({ input: accepted })
  const [line] = await once(lines, 'line')
  lines.close()
  console.log('line:', line)

  let body = ''
  accepted.on('data', (chunk) => {
    body += chunk
  })
  accepted.on('end', () => console.log(`body: ${body.length} bytes`))
  accepted.resume()
})
// #endregion
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region client
const socket = net.connect(port, '127.0.0.1')
socket.end('{"bytes":5}\nhello')
// #endregion
await once(socket.resume(), 'close')
server.close()
