import dgram from 'node:dgram'
import { once } from 'node:events'

/** Adds. Its first answer is so late that the second question is there before it. */
const server = dgram.createSocket('udp4').bind(0, '127.0.0.1')
await once(server, 'listening')
let held: (() => void) | undefined
server.on('message', (question, asker) => {
  const [id, a, b] = String(question).split(' ').map(Number)
  const answer = () => server.send(`${id} ${Number(a) + Number(b)}`, asker.port, asker.address)
  if (id === 1) {
    held = answer
    return
  }
  held?.()
  answer()
})

type IsMine = (replyId: number, id: number) => boolean

// #region ask
async function ask(client: dgram.Socket, id: number, a: number, b: number, isMine: IsMine) {
  const tooLate = AbortSignal.timeout(300)
  client.send(`${id} ${a} ${b}`)
  while (true) {
    const [reply] = await once(client, 'message', { signal: tooLate })
    const [replyId, sum] = String(reply).split(' ').map(Number)
    if (isMine(Number(replyId), id)) return Number(sum)
  }
}

async function play(title: string, isMine: IsMine) {
  const client = dgram.createSocket('udp4')
  client.connect(server.address().port, '127.0.0.1')
  await once(client, 'connect')
  const first = await ask(client, 1, 1, 2, isMine).catch(() => 'not known')
  const second = await ask(client, 2, 30, 40, isMine)
  console.log(`${title}: 1 + 2 is ${first}, 30 + 40 is ${second}`)
  client.close()
}

await play('whatever comes', () => true)
await play('only with its id', (replyId, id) => replyId === id)
// #endregion
server.close()
