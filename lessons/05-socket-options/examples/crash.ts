import { fork } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'

if (process.argv[2] === 'server') {
  const server = net.createServer((accepted) => accepted.write('welcome'))
  server.listen(0, '127.0.0.1', () => process.send?.(server.address()))
}

// #region crash
if (process.argv[2] !== 'server') {
  const child = fork(import.meta.filename, ['server'])
  const [{ port }] = (await once(child, 'message')) as [net.AddressInfo]
  const client = net.connect(port, '127.0.0.1')
  await once(client, 'data')

  // No handler runs, no file is closed: the program is gone between two instructions.
  child.kill('SIGKILL')
  await once(client.resume(), 'end')
  console.log('client: FIN')
  await once(child, 'exit')

  const server = net.createServer()
  await once(server.listen(port, '127.0.0.1'), 'listening')
  console.log('the next server listens')
  server.close()
}
// #endregion
