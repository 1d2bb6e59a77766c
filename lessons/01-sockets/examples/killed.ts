import { fork } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'

// The same file is both programs: the second one is started with the port to connect to.
const [, , portOfServer] = process.argv
if (portOfServer) {
  net.connect(Number(portOfServer), '127.0.0.1').write('hello')
} else {
  const server = net.createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as net.AddressInfo

  const program = fork(import.meta.filename, [String(port)])
  const [accepted] = (await once(server, 'connection')) as [net.Socket]
  accepted.on('data', (bytes) => {
    console.log(`server: got ${bytes}`)
    program.kill('SIGKILL')
  })
  await once(accepted, 'end')
  console.log('server: FIN')
  server.close()
}
