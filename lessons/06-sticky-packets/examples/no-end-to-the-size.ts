import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer({ pauseOnConnect: true })
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo
const socket = net.connect(port, '127.0.0.1')
const [accepted] = (await once(server, 'connection')) as [net.Socket]

// #region size
// What `echo 42` printed: three bytes. Its size is sent first, then the bytes.
const output = Buffer.from('42\n')
accepted.write(String(output.length))
accepted.end(output)
await once(accepted, 'finish')

const [chunk] = await once(socket, 'data')
console.log('received:', JSON.stringify(String(chunk)))
console.log('taken for the size:', Number(chunk))
// #endregion
server.close()
