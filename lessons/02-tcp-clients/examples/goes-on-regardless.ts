import { once } from 'node:events'
import net from 'node:net'

// Bound, but not listening: every connection to this port is refused.
const bound = new net.BoundSocket({ host: '127.0.0.1' })

// #region client
const socket = net.connect(bound.address().port, '127.0.0.1')
try {
  await once(socket, 'connect')
} catch {
  console.log('connection error')
}
socket.write('hello', (error) => console.log('write:', error?.message))
console.log('sent')
// #endregion
bound.close()
