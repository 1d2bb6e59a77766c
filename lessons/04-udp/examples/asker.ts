import dgram from 'node:dgram'
import { once } from 'node:events'

let askers = 0
let bothHaveAsked = Promise.withResolvers<void>()
/** Thinking takes as long as it takes the other one to ask. */
function think(): Promise<void> {
  askers += 1
  if (askers === 2) bothHaveAsked.resolve()
  return bothHaveAsked.promise
}

const server = dgram.createSocket('udp4').bind(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address()

// #region answer
let latest: dgram.RemoteInfo

const answer = (isCareless: boolean) => async (name: Buffer, asker: dgram.RemoteInfo) => {
  latest = asker
  await think()
  const to = isCareless ? latest : asker
  server.send(`hello ${name}`, to.port, to.address)
}
// #endregion

async function play(title: string, isCareless: boolean) {
  askers = 0
  bothHaveAsked = Promise.withResolvers()
  server.removeAllListeners('message').on('message', answer(isCareless))

  const heard: Record<string, string[]> = { anna: [], bert: [] }
  const bothAreAnswered = Promise.withResolvers<void>()
  const clients: dgram.Socket[] = []
  for (const name of Object.keys(heard)) {
    const client = dgram.createSocket('udp4')
    clients.push(client)
    client.on('message', (reply) => {
      heard[name]?.push(String(reply))
      if (Object.values(heard).flat().length === 2) bothAreAnswered.resolve()
    })
    // Bert asks when anna's question is out.
    await new Promise((sent) => client.send(name, port, '127.0.0.1', sent))
  }
  await bothAreAnswered.promise
  for (const name of Object.keys(heard)) {
    console.log(`${title}: ${name} got ${heard[name]?.sort().join(' and ') || 'nothing'}`)
  }
  for (const client of clients) client.close()
}

await play('one variable for all', true)
await play('each message its asker', false)
server.close()
