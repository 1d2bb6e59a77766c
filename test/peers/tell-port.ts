/**
 * Preloaded into a solution that listens: tells the port on stderr, in netcat's words. So port 0 can
 * be asked of every solution, and the program that runs is the student's, line for line.
 */
import { channel } from 'node:diagnostics_channel'
import type net from 'node:net'

channel('tracing:net.server.listen:asyncEnd').subscribe((message) => {
  const { address, port } = (message as { server: net.Server }).server.address() as net.AddressInfo
  process.stderr.write(`Listening on ${address} ${port}\n`)
})
