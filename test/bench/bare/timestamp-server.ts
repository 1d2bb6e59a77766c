/** What test/hidden/03-tcp-servers/timestamp-server.test.ts does, in one process, without the harness. */
import { once } from 'node:events'
import net from 'node:net'
import { startTimestampServer } from '../../../solutions/03-tcp-servers/timestamp-server/main.ts'

const LOCAL = { host: '127.0.0.1', port: 0 }
/** `[2026-01-31T12:34:56.789Z] ` */
const STAMP_BYTES = 27

/** Two turns of the event loop, which the server shares: what was sent before has been read. */
const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

type Connect = () => Promise<net.Socket>

/** A check with a server of its own. */
function served(check: (connect: Connect) => Promise<void>): () => Promise<void> {
  return async () => {
    const server = await startTimestampServer(LOCAL)
    const { port } = server.address() as net.AddressInfo
    await check(async () => {
      const socket = net.connect({ host: LOCAL.host, port, allowHalfOpen: true, noDelay: true })
      await once(socket, 'connect')
      return socket
    })
    server.close()
  }
}

async function reply(client: net.Socket): Promise<{ time: number; data: Buffer }> {
  const chunks: Buffer[] = []
  client.on('data', (chunk: Buffer) => chunks.push(chunk))
  await once(client, 'end')
  const all = Buffer.concat(chunks)
  const stamp = /^\[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\] $/.exec(
    all.toString('latin1', 0, STAMP_BYTES),
  )
  if (!stamp?.[1]) throw new Error(`no stamp in ${all}`)
  return { time: Date.parse(stamp[1]), data: all.subarray(STAMP_BYTES) }
}

function same(got: unknown, expected: unknown): void {
  if (got !== expected) throw new Error(`got ${got}, expected ${expected}`)
}

/** Says `data` and FIN, and resolves with what comes back after the stamp. */
async function say(client: net.Socket, data: string | Uint8Array): Promise<Buffer> {
  client.end(data)
  return (await reply(client)).data
}

export const checks: Record<string, () => Promise<void>> = {
  'replies with the time and the data once the client has sent FIN': served(async (connect) => {
    same((await say(await connect(), 'answer')).toString(), 'answer')
  }),
  'takes the time at the FIN, not when the client came': served(async (connect) => {
    const client = await connect()
    client.write('tick')
    await turn()
    const before = Date.now()
    client.end()
    const { time } = await reply(client)
    same(time >= before && time <= Date.now(), true)
  }),
  'waits for the FIN before it replies': served(async (connect) => {
    const client = await connect()
    client.write('still talking')
    await turn()
    same(client.bytesRead, 0)
    client.end()
    same((await reply(client)).data.toString(), 'still talking')
  }),
  'joins data that comes in many pieces': served(async (connect) => {
    const client = await connect()
    for (const byte of Buffer.from('answer 你好')) {
      client.write(Uint8Array.of(byte))
      await turn()
    }
    same((await say(client, '')).toString(), 'answer 你好')
  }),
  'gives back every byte, text or not': served(async (connect) => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i)
    same((await say(await connect(), all)).equals(all), true)
  }),
  'answers a client that sends nothing but FIN': served(async (connect) => {
    same((await say(await connect(), '')).length, 0)
  }),
  'serves a client while another is silent': served(async (connect) => {
    const idle = await connect()
    idle.write('first')
    same((await say(await connect(), 'answer')).toString(), 'answer')
    same((await say(idle, '')).toString(), 'first')
  }),
  'goes on after a client reset its connection': served(async (connect) => {
    const rude = await connect()
    rude.write('never mind')
    await turn()
    rude.resetAndDestroy()
    await turn()
    same((await say(await connect(), 'hello')).toString(), 'hello')
  }),
  'rejects with EADDRINUSE when the port is taken': async () => {
    const server = net.createServer().listen(LOCAL)
    await once(server, 'listening')
    const { port } = server.address() as net.AddressInfo
    const error = await startTimestampServer({ ...LOCAL, port }).catch((error) => error)
    same(error.code, 'EADDRINUSE')
    server.close()
  },
}

if (import.meta.main) {
  for (const check of Object.values(checks)) await check()
  console.log(`pass ${Object.keys(checks).length}`)
}
