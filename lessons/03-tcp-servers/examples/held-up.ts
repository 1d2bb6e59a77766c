import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

// #region ask
type Operator = () => Promise<void> | void

async function play(title: string, askOperator: Operator) {
  const server = net.createServer((accepted) => {
    accepted.on('data', async (name) => {
      if (String(name) === 'anna') await askOperator()
      console.log(`${title}: answered ${name}`)
      accepted.end()
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as net.AddressInfo

  const clients: Promise<unknown>[] = []
  for (const name of ['anna', 'bert']) {
    const socket = net.connect(port, '127.0.0.1')
    clients.push(once(socket.resume(), 'close'))
    await new Promise((written) => socket.write(name, written))
  }
  await Promise.all(clients)
  server.close()
}

// Both take 200 ms: the first asleep in a call, as with raw_input, the second waiting for an event.
const nobody = new Int32Array(new SharedArrayBuffer(4))
await play('a call', () => void Atomics.wait(nobody, 0, 0, 200))
await play('an event', () => sleep(200))
// #endregion
