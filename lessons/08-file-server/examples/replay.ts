import { createHash, createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import net from 'node:net'

// #region doors
/** What Anna keeps in her head, and the server in its file. */
const hash = createHash('sha256').update('pencil').digest('hex')
const answerTo = (challenge: string) => createHmac('sha256', hash).update(challenge).digest('hex')

const nothing = () => ''
await watch('hash', nothing, () => hash)
await watch('same challenge', () => 'prove it', answerTo)
await watch('new challenge', () => randomBytes(18).toString('base64'), answerTo)
// #endregion

async function watch(name: string, challenge: () => string, right: (challenge: string) => string) {
  const server = net.createServer((accepted) => {
    const asked = challenge()
    accepted.write(`${asked}\n`)
    accepted.on('error', () => accepted.destroy())
    accepted.once('data', (said) => {
      accepted.end(String(said) === right(asked) ? 'welcome' : 'go away')
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as net.AddressInfo

  async function visit(say: (challenge: string) => string): Promise<string> {
    const socket = net.connect(port, '127.0.0.1')
    const [asked] = await once(socket, 'data')
    socket.write(say(String(asked).trimEnd()))
    return (await socket.toArray()).join('')
  }

  let heard = ''
  const anna = await visit((asked) => {
    heard = right(asked)
    return heard
  })
  // The thief knows nothing but what went over the wire.
  const thief = await visit(() => heard)
  console.log(`${name}: Anna "${anna}", thief "${thief}"`)
  server.close()
}
