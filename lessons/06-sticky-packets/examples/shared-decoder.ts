import { once } from 'node:events'
import net from 'node:net'

// #region decoders
async function conversation(decoderFor: () => TextDecoder) {
  const texts = new Map<net.Socket, string>()
  const server = net.createServer((accepted) => {
    const decoder = decoderFor()
    accepted.on('data', (chunk: Buffer) => {
      texts.set(accepted, (texts.get(accepted) ?? '') + decoder.decode(chunk, { stream: true }))
    })
  })
  const [anna, bert] = await twoClients(server)
  // 你 for Anna and 好 for Bert, each in two pieces, in turn.
  await anna.say([0xe4, 0xbd])
  await bert.say([0xe5, 0xa5])
  await anna.say([0xa0])
  await bert.say([0xbd])
  console.log(`Anna: ${texts.get(anna.accepted)}, Bert: ${texts.get(bert.accepted)}`)
  anna.leave()
  bert.leave()
  server.close()
}

const shared = new TextDecoder()
await conversation(() => shared)
await conversation(() => new TextDecoder())
// #endregion

type Client = { accepted: net.Socket; say(bytes: number[]): Promise<unknown>; leave(): void }

async function twoClients(server: net.Server): Promise<[Client, Client]> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return [await client(server), await client(server)]
}

async function client(server: net.Server): Promise<Client> {
  const { port } = server.address() as net.AddressInfo
  const socket = net.connect(port, '127.0.0.1')
  const [accepted] = (await once(server, 'connection')) as [net.Socket]
  return {
    accepted,
    say: (bytes) => Promise.all([once(accepted, 'data'), socket.write(Buffer.from(bytes))]),
    leave: () => socket.destroy(),
  }
}
