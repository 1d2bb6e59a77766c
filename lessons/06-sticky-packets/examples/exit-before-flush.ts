import { fork } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'

const message = Buffer.alloc(20_000_000, 'x')
const [, , port, manner] = process.argv

// #region exit
if (manner === 'exit after write()') {
  const socket = net.connect(Number(port), '127.0.0.1', () => {
    socket.write(message)
    process.exit()
  })
}
if (manner === 'exit after finish') {
  const socket = net.connect(Number(port), '127.0.0.1', () => {
    socket.end(message, () => process.exit())
  })
}
// #endregion

if (!manner) {
  const server = net.createServer({ pauseOnConnect: true })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as net.AddressInfo
  for (const manner of ['exit after write()', 'exit after finish']) {
    const child = fork(new URL(import.meta.url), [String(port), manner])
    const exited = once(child, 'exit')
    const [accepted] = (await once(server, 'connection')) as [net.Socket]
    if (manner === 'exit after write()') await exited
    let received = 0
    for await (const chunk of accepted) received += chunk.length
    console.log(`${manner}, all received:`, received === message.length)
    await exited
  }
  server.close()
}
