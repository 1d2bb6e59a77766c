import { once } from 'node:events'
import net from 'node:net'

const bound = new net.BoundSocket({ host: '127.0.0.1' })

const first = net.createServer()
await once(first.listen(0, '127.0.0.1'), 'listening')
const { address, port } = first.address() as net.AddressInfo

// #region handlers
const socket = net.connect(bound.address().port, '127.0.0.1')
socket.on('error', (error) => console.log('socket:', error.message))
await new Promise((resolve) => socket.on('close', resolve))

// A port that is taken.
const second = net.createServer()
second.on('error', (error) => console.log('server:', error.message))
second.listen(port, address)
await once(second, 'error')
console.log('still running')
// #endregion
first.close()
bound.close()
