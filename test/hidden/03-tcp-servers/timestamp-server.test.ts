import { everyByte, Finding, type Peer, rejection, same, test } from '../../harness/index.ts'

const LOCAL = { host: '127.0.0.1', port: 0 }
const START = 'startTimestampServer'
/** `[2026-01-31T12:34:56.789Z] ` */
const STAMP_BYTES = 27

const halfClose = { meta: { points: 2, lesson: 'Half-closed is not gone' } }
const bytes = { meta: { points: 2, lesson: 'Bytes in, bytes out' } }
const clients = { meta: { points: 1, lesson: 'A server outlives its clients' } }
const breaks = { meta: { points: 1, lesson: 'When a client breaks off' } }
const listening = { meta: { points: 1, lesson: 'When the port is taken' } }

/** Reads a whole reply and takes it apart. */
async function reply(client: Peer): Promise<{ time: number; data: Buffer }> {
  const all = await client.readToEnd()
  const stamp = /^\[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\] $/.exec(
    all.toString('latin1', 0, STAMP_BYTES),
  )
  if (!stamp?.[1]) {
    throw new Finding({
      kind: 'wrong bytes',
      message: 'the reply does not begin with [TIME] and a space, TIME as 2026-01-31T12:34:56.789Z',
      got: all,
    })
  }
  return { time: Date.parse(stamp[1]), data: all.subarray(STAMP_BYTES) }
}

test(
  'replies with the time and the data once the client has sent FIN',
  halfClose,
  async ({ student, connect, random }) => {
    const server = await student.start(START, LOCAL)
    const client = await connect(server.address)
    const word = random.word()
    await client.write(word)
    client.end()
    const { data } = await reply(client)
    same(data.toString(), word, 'the data in the reply')
  },
)

test(
  'takes the time at the FIN, not when the client came',
  halfClose,
  async ({ student, connect, watch }) => {
    const server = await student.start(START, LOCAL)
    const client = await connect(server.address)
    await client.write('tick')
    await watch.settled()
    const before = Date.now()
    client.end()
    const { time } = await reply(client)
    const after = Date.now()
    if (time < before || time > after) {
      const [from, to] = [before, after].map((ms) => new Date(ms).toISOString())
      throw new Finding({
        kind: 'wrong value',
        message: 'the time is not that of the FIN',
        expected: `${from} to ${to}`,
        got: new Date(time).toISOString(),
      })
    }
  },
)

test('waits for the FIN before it replies', halfClose, async ({ student, connect, watch }) => {
  const server = await student.start(START, LOCAL)
  const client = await connect(server.address)
  await client.write('still talking')
  await watch.settled()
  client.expectSilence('a reply came before the client had sent FIN')
  client.end()
  same((await reply(client)).data.toString(), 'still talking', 'the data in the reply')
})

test('joins data that comes in many pieces', bytes, async ({ student, connect, random }) => {
  const server = await student.start(START, LOCAL)
  const client = await connect(server.address)
  const text = `${random.word()} 你好`
  await client.write(text, everyByte(Buffer.byteLength(text)))
  client.end()
  same((await reply(client)).data.toString(), text, 'the data in the reply')
})

test('gives back every byte, text or not', bytes, async ({ student, connect }) => {
  const server = await student.start(START, LOCAL)
  const client = await connect(server.address)
  const all = Uint8Array.from({ length: 256 }, (_, i) => i)
  await client.write(all)
  client.end()
  const { data } = await reply(client)
  if (!data.equals(all)) {
    throw new Finding({
      kind: 'wrong bytes',
      message: 'the bytes that came back differ',
      expected: all,
      got: data,
    })
  }
})

test('answers a client that sends nothing but FIN', bytes, async ({ student, connect }) => {
  const server = await student.start(START, LOCAL)
  const client = await connect(server.address)
  client.end()
  same((await reply(client)).data.length, 0, 'the length of the data in the reply')
})

test('serves a client while another is silent', clients, async ({ student, connect, random }) => {
  const server = await student.start(START, LOCAL)
  const idle = await connect(server.address)
  await idle.write('first')
  const client = await connect(server.address)
  const word = random.word()
  await client.write(word)
  client.end()
  same((await reply(client)).data.toString(), word, 'the data in the reply')
  idle.end()
  same(
    (await reply(idle)).data.toString(),
    'first',
    'the data in the reply to the client that waited',
  )
})

test('goes on after a client reset its connection', breaks, async ({ student, connect, watch }) => {
  const server = await student.start(START, LOCAL)
  const rude = await connect(server.address)
  await rude.write('never mind')
  await watch.turn()
  rude.reset()
  await watch.settled()
  const client = await connect(server.address)
  await client.write('hello')
  client.end()
  same((await reply(client)).data.toString(), 'hello', 'the data in the reply')
})

test('rejects with EADDRINUSE when the port is taken', listening, async ({ student, listen }) => {
  const taken = await listen()
  const error = await rejection(
    student.call(START, taken.address),
    'EADDRINUSE was due: the port is taken',
  )
  same(error.code, 'EADDRINUSE', "the error's code")
})
