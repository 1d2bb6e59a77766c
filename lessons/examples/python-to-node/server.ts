import { once } from 'node:events'
import net from 'node:net'

// #region serve
const server = net.createServer((connection) => {
  connection.on('error', () => connection.destroy())
  connection.on('data', (data) => connection.write(String(data).toUpperCase()))
})
server.listen({ host: '127.0.0.1', port: 0, backlog: 5 })
await once(server, 'listening')
// #endregion

const { port } = server.address() as net.AddressInfo
const anna = net.connect(port, '127.0.0.1')
const bert = net.connect(port, '127.0.0.1')

bert.write('bert')
const [answer] = await once(bert, 'data')
console.log(`Bert, while Anna is silent: ${answer}`)

anna.destroy()
bert.destroy()
server.close()
