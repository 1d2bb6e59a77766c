import { once } from 'node:events'
import net from 'node:net'
import { Worker } from 'node:worker_threads'

const thread = new Worker(new URL('./sum-thread.ts', import.meta.url))

async function serverWith(options: net.ServerOpts) {
  const server = net.createServer(options)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return server
}

async function acceptFrom(server: net.Server) {
  const client = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1')
  const [accepted] = (await once(server, 'connection')) as [net.Socket]
  return { client, accepted }
}

function attempt(title: string, post: () => void) {
  try {
    post()
    console.log(`${title}: it has gone`)
  } catch (error) {
    const { name, code } = error as NodeJS.ErrnoException
    console.log(`${title}: ${name === 'Error' ? code : name}`)
  }
}

// #region handed
const unpaused = await serverWith({})
const reading = await acceptFrom(unpaused)
reading.client.write('[1]')
await once(reading.accepted, 'readable')
attempt('being read', () => thread.postMessage(reading.accepted, [reading.accepted]))

const server = await serverWith({ pauseOnConnect: true })
const { client, accepted } = await acceptFrom(server)
attempt('paused, not in the list', () => thread.postMessage(accepted))
attempt('paused, in the list', () => thread.postMessage(accepted, [accepted]))

console.log('here it is destroyed:', accepted.destroyed)
server.close()
await once(server, 'close')
client.write('[1, 2, 3]')
const [reply] = await once(client, 'data')
console.log(`the server has closed; ${reply}`)
// #endregion
client.destroy()
reading.client.destroy()
unpaused.close()
