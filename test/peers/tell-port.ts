/**
 * Preloaded into a solution that listens: tells the port on stderr, in netcat's words. So port 0 can
 * be asked of every solution, and the program that runs is the student's, line for line.
 */
import type dgram from 'node:dgram'
import { channel } from 'node:diagnostics_channel'
import type net from 'node:net'

channel('tracing:net.server.listen:asyncEnd').subscribe((message) => {
  tell((message as { server: net.Server }).server.address() as net.AddressInfo)
})
channel('udp.socket').subscribe((message) => {
  const { socket } = message as { socket: dgram.Socket }
  socket.once('listening', () => tell(socket.address()))
})

function tell({ address, port }: net.AddressInfo): void {
  process.stderr.write(`Listening on ${address} ${port}\n`)
}
