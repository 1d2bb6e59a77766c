import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const unref = { ref: false }
const { port } = server.address() as net.AddressInfo

// #region ways
const MIB = 1024 * 1024
const block = Buffer.alloc(MIB)
type Tell = (member: net.Socket) => Promise<unknown> | undefined

/** Goes on when everybody has taken the block. */
const waitsForAll: Tell = (member) => {
  if (!member.write(block)) return once(member, 'drain')
}

/** Goes on at once, whatever piles up. */
const neverWaits: Tell = (member) => {
  member.write(block)
}

/** Goes on at once, and gives up a member for whom too much is waiting. */
const hasLimit: Tell = (member) => {
  member.write(block)
  if (member.writableLength > 4 * MIB) member.destroy()
}
// #endregion

async function join(): Promise<{ client: net.Socket; accepted: net.Socket }> {
  const client = net.connect(port, '127.0.0.1')
  const [accepted] = (await once(server, 'connection')) as [net.Socket]
  accepted.on('error', () => accepted.destroy())
  client.on('error', () => client.destroy())
  return { client, accepted }
}

// #region play
/** Anna reads and Bert does not. Thirty blocks of 1 MiB go to both. */
async function play(tell: Tell) {
  const anna = await join()
  const bert = await join()
  bert.client.pause()
  let heard = 0
  anna.client.on('data', (chunk: Buffer) => {
    heard += chunk.length
  })
  const annaHasAll = async () => {
    while (heard < 30 * MIB) await once(anna.client, 'data')
    return 'all'
  }

  const send = async () => {
    for (let i = 0; i < 30; i += 1) {
      await Promise.all([anna.accepted, bert.accepted].map(tell))
      // Anna reads in this program, too.
      while (anna.accepted.writableLength > 0) await once(anna.accepted, 'drain')
    }
  }
  send().catch(() => {})
  const annaGot = await Promise.race([annaHasAll(), sleep(3_000, 'not all', unref)])
  const kept = bert.accepted.writableLength > 20 * MIB ? 'over 20 MiB' : 'little'
  const bertIs = bert.accepted.destroyed ? 'dropped' : 'here'
  console.log(`${tell.name}: Anna got ${annaGot}; Bert is ${bertIs}, ${kept} waits for him`)
  for (const socket of [anna.client, anna.accepted, bert.client, bert.accepted]) socket.destroy()
}
// #endregion
for (const tell of [waitsForAll, neverWaits, hasLimit]) await play(tell)
server.close()
