// needs linux: each system has its own limits

import dgram from 'node:dgram'
import { once } from 'node:events'
import { fdOf, getsockopt, setsockopt } from '#sockopt'

// #region ask
const socket = dgram.createSocket('udp4').bind(0, '127.0.0.1')
await once(socket, 'listening')
const fd = fdOf(socket)
const set = (name: string, value: number) => {
  setsockopt(fd, 'SOL_SOCKET', name, value)
  return getsockopt(fd, 'SOL_SOCKET', name)
}

console.log('SO_SNDBUF, asked for 50000:', set('SO_SNDBUF', 50_000))
console.log('asked for 1, has more:', set('SO_SNDBUF', 1) > 1)
console.log('asked for 2 GB, has less:', set('SO_SNDBUF', 2_000_000_000) < 2_000_000_000)
console.log('SO_BROADCAST, asked for 42:', set('SO_BROADCAST', 42))
// #endregion
socket.close()
