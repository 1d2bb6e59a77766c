import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer({ allowHalfOpen: true }, (accepted) => {
  let count = 0
  accepted.on('error', () => accepted.destroy())
  accepted.on('data', (data) => {
    count += data.length
  })
  accepted.on('end', () => accepted.end(`${count} bytes, thank you`))
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region ask
const client = net.connect(port, '127.0.0.1')
// What is written before the connection stands is kept, and sent then.
client.end('你好')

// Every chunk up to the FIN. An error, such as ECONNREFUSED, rejects.
const chunks: Buffer[] = await client.toArray()
console.log(Buffer.concat(chunks).toString())
// #endregion
server.close()
