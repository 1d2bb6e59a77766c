// does: calls whoever listens on this machine: the test's own canaries, the grader, an inspector, a neighbour
// exercise: endpoints
// status: pass
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import { attempt } from './accomplice.ts'

async function hear(to: net.NetConnectOpts): Promise<string> {
  const socket = net.connect(to)
  await once(socket, 'connect')
  socket.destroy()
  return 'connected'
}

const LISTEN = '0A'
for (const table of ['tcp', 'tcp6']) {
  const lines = fs.readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1)
  for (const line of lines) {
    const [, local = '', , state] = line.trim().split(/\s+/)
    const port = Number.parseInt(local.split(':')[1] ?? '', 16)
    if (state === LISTEN)
      await attempt(`call port ${port}`, () =>
        hear({ port, host: table === 'tcp' ? '127.0.0.1' : '::1' }),
      )
  }
}
for (const port of [9229, 24678, 51204])
  await attempt(`call port ${port}`, () => hear({ port, host: '127.0.0.1' }))
for (const line of fs.readFileSync('/proc/net/unix', 'utf8').trim().split('\n').slice(1)) {
  const name = line.trim().split(/\s+/)[7]
  if (name) await attempt(`call ${name}`, () => hear({ path: name.replace(/^@/, '\0') }))
}
await attempt('call the neighbour', () => hear({ path: '\0hostile-neighbour' }))

export { describeConnection } from './accomplice.ts'
