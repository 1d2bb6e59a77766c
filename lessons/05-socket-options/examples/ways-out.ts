// needs linux: other systems answer in other ways

import dgram from 'node:dgram'
import { once } from 'node:events'
import { fdOf, setsockopt, setsockoptText } from '#sockopt'

// #region route
async function attempt(address: string, prepare: (fd: number) => void): Promise<string> {
  const socket = dgram.createSocket('udp4').bind()
  await once(socket, 'listening')
  try {
    prepare(fdOf(socket))
    // Looks for a way, and sends nothing.
    socket.connect(9, address)
    await once(socket, 'connect')
    return 'there is a way'
  } catch (error) {
    return (error as Error).message
  } finally {
    socket.close()
  }
}

const noRouter = (fd: number) => setsockopt(fd, 'SOL_SOCKET', 'SO_DONTROUTE', 1)
console.log('this machine:', await attempt('127.0.0.1', noRouter))
// An address for use in books. A way to it, if there were one, would lead through a router.
console.log('a far one:', await attempt('198.51.100.1', noRouter))

const through = (device: string) => (fd: number) =>
  setsockoptText(fd, 'SOL_SOCKET', 'SO_BINDTODEVICE', device)
console.log('through lo:', await attempt('127.0.0.1', through('lo')))
console.log('through nothing:', await attempt('127.0.0.1', through('no-such')))
// #endregion
