// needs linux: elsewhere the refusal may be reported at another call
import dgram from 'node:dgram'
import { once } from 'node:events'

// A port that is ours and nobody else's, and that is closed to all but its one peer.
const holder = dgram.createSocket('udp4').bind(0, '127.0.0.1')
await once(holder, 'listening')
holder.connect(9, '127.0.0.1')
await once(holder, 'connect')
const { port } = holder.address()

const connected = dgram.createSocket('udp4')
connected.connect(port, '127.0.0.1')
await once(connected, 'connect')

// #region twice
const report = (what: string) => (error: Error | null) =>
  console.log(`${what}:`, error ? (error as NodeJS.ErrnoException).code : 'sent')

connected.on('error', report('event'))
connected.send('one', report('one'))
connected.send('two', report('two'))
connected.send('three', report('three'))
await once(connected, 'error')
// #endregion
connected.close()
holder.close()
