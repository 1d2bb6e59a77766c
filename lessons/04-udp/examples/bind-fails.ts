import dgram from 'node:dgram'
import { once } from 'node:events'

const first = dgram.createSocket('udp4').bind(0, '127.0.0.1')
await once(first, 'listening')
const { port } = first.address()

// #region ways
const code = (error: unknown) => (error as NodeJS.ErrnoException).code

const second = dgram.createSocket('udp4')
second.on('error', (error) => console.log('bind, an event:', code(error)))
second.bind(port, '127.0.0.1')
await once(second, 'error')

const sender = dgram.createSocket('udp4')
sender.on('error', (error) => console.log('send, an event:', code(error)))
// Two dots in a row: no such name can exist.
sender.send('hello', port, 'no..name')
await once(sender, 'error')
const failed = Promise.withResolvers<Error | null>()
sender.send('hello', port, 'no..name', failed.resolve)
console.log('send, the callback:', code(await failed.promise))

sender.close()
try {
  sender.send('hello', port, '127.0.0.1')
} catch (error) {
  console.log('send, thrown:', code(error))
}
// #endregion
first.close()
