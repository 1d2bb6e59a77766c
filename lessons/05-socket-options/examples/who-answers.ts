// needs linux: each system has its own options

import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'
import { fdOf, getsockopt, type Level, optionNames } from '#sockopt'

const listener = net.createServer().listen(0, '127.0.0.1')
await once(listener, 'listening')
const udp = dgram.createSocket('udp4').bind(0, '127.0.0.1')
await once(udp, 'listening')

// #region ask
const answer = (fd: number, level: Level, name: string) => {
  try {
    return getsockopt(fd, level, name)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code
  }
}

for (const name of ['SO_TYPE', 'SO_ACCEPTCONN', 'SO_REUSEADDR', 'TCP_NODELAY', 'UDP_CORK']) {
  const level = optionNames.find((option) => option.name === name)?.level ?? 'SOL_SOCKET'
  console.log(name, answer(fdOf(listener), level, name), answer(fdOf(udp), level, name))
}
// #endregion
listener.close()
udp.close()
