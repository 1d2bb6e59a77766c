// needs linux, ipv6: other systems refuse with other codes
import dgram from 'node:dgram'
import { once } from 'node:events'

// #region family
const four = dgram.createSocket('udp4')
const bound = once(four.bind(0, '::1'), 'listening')
console.log('udp4, bound to ::1:', await bound.catch((error) => error.code))

const six = dgram.createSocket('udp6').bind(0, '::')
await once(six, 'listening')
const client = dgram.createSocket('udp4')
client.send('hello', six.address().port, '127.0.0.1')
const [, from] = await once(six, 'message')
console.log('udp6, heard:', from.family, from.address)
// #endregion
for (const socket of [four, six, client]) socket.close()
