import { once } from 'node:events'
import net from 'node:net'
import { Worker } from 'node:worker_threads'

let started: Worker
const server = net.createServer({ pauseOnConnect: true }, (accepted) => {
  started = new Worker(new URL('./sum-thread.ts', import.meta.url))
  started.postMessage(accepted, [accepted])
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

/** A client that has been served once, and its thread. */
async function visit() {
  const client = net.connect(port, '127.0.0.1')
  client.on('error', () => client.destroy())
  client.write('[1]')
  await once(client, 'data')
  return { client, thread: started }
}

// #region dies
const bert = await visit()

const anna = await visit()
const uncaught = once(process, 'uncaughtException')
anna.client.write('nonsense')
console.log('would end the program:', (await uncaught)[0].name)

const cleo = await visit()
cleo.thread.on('error', (error: Error) => console.log('a thread died:', error.name))
cleo.client.write('nonsense')
await once(cleo.client, 'close')
console.log('Cleo is cut off')

bert.client.write('[20, 22]')
const [reply] = await once(bert.client, 'data')
console.log(`Bert hears from ${reply}`)
// #endregion
bert.client.end()
server.close()
