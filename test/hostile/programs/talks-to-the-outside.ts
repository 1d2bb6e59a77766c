// does: tries to reach other machines: TCP, UDP, broadcast, multicast, names. The addresses are of documentation (RFC 5737)
// exercise: endpoints
// status: pass
import dgram from 'node:dgram'
import dns from 'node:dns/promises'
import { once } from 'node:events'
import net from 'node:net'
import os from 'node:os'
import { attempt } from './accomplice.ts'

await attempt('have an address that others can reach', () =>
  Object.values(os.networkInterfaces())
    .flat()
    .filter((one) => one && !one.internal)
    .map((one) => one?.address)
    .join(', '),
)
await attempt('set out for another machine', async () => {
  const socket = net.connect({ host: '192.0.2.1', port: 80 })
  // Nobody answers there: where the network is cut off this fails at once.
  const failed = once(socket, 'error').then(([error]) => (error as NodeJS.ErrnoException).code)
  const soon = new Promise((resolve) => setTimeout(resolve, 200, 'under way'))
  const code = await Promise.race([
    failed,
    soon,
    once(socket, 'connect').then(() => 'connected'),
  ]).catch((e) => e.code)
  socket.destroy()
  return code !== 'ENETUNREACH' && code
})
for (const address of ['192.0.2.1', '255.255.255.255', '224.0.0.251']) {
  await attempt(`send a datagram to ${address}`, async () => {
    const socket = dgram.createSocket('udp4').unref()
    socket.bind(0)
    await once(socket, 'listening')
    socket.setBroadcast(true)
    return new Promise((resolve, reject) => {
      socket.send('hello', 9, address, (error) => {
        socket.close()
        error ? reject(error) : resolve('sent')
      })
    })
  })
}
await attempt('look a name up', async () => {
  const resolver = new dns.Resolver({ timeout: 200, tries: 1 })
  resolver.setServers(['192.0.2.53'])
  return resolver.resolve4('example.invalid')
})

export { describeConnection } from './accomplice.ts'
