// needs linux: elsewhere the refusal may be reported at another call
import dgram from 'node:dgram'
import { once } from 'node:events'

// A port that is ours and nobody else's, and that is closed to all but its one peer.
const holder = dgram.createSocket('udp4').bind(0, '127.0.0.1')
await once(holder, 'listening')
holder.connect(9, '127.0.0.1')
await once(holder, 'connect')
const { port } = holder.address()

// #region ask
const report = (who: string) => (error: Error | null) =>
  console.log(`${who}:`, error ? (error as NodeJS.ErrnoException).code : 'sent')

const unconnected = dgram.createSocket('udp4')
unconnected.on('error', report('event, unconnected'))
unconnected.send('hello?', port, '127.0.0.1', report('unconnected'))

const connected = dgram.createSocket('udp4')
connected.connect(port, '127.0.0.1')
await once(connected, 'connect')
connected.send('hello?', report('connected'))
const [error] = await once(connected, 'error')
console.log('event, connected:', error.code)
// #endregion
for (const socket of [holder, unconnected, connected]) socket.close()
