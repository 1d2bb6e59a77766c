import {
  type Endpoint,
  everyByte,
  Finding,
  type Peer,
  rejection,
  type Student,
  StudentError,
  same,
  test,
} from '../../harness/index.ts'

const ASK = 'askGbk'
/** What no table of GBK has, whoever drew it. */
const OUTSIDE = ['😀', '한', 'ß', '𠮷'] as const

const characters = { meta: { points: 2, lesson: 'Characters and bytes' } }
const halfClose = { meta: { points: 1, lesson: 'Half-close' } }
const reads = { meta: { points: 2, lesson: 'Reading to the end' } }
const closes = { meta: { points: 1, lesson: 'Every path closes the socket' } }
const errors = { meta: { points: 1, lesson: 'When connecting fails' } }

type Text = { text: string; bytes: Buffer }
type Source = { int(low: number, high: number): number }
type Server = { address: Endpoint; peers: readonly Peer[]; accept(): Promise<Peer> }
type Refusal = { outcome: unknown; peers: readonly Peer[] }

/** Characters with both bytes in the given ranges. The bytes are drawn and the text is read off them. */
function draw(random: Source, count: number, high: [number, number], low: [number, number]): Text {
  const codes = Array.from({ length: count }, () => [random.int(...high), random.int(...low)])
  const bytes = Buffer.from(codes.flat())
  return { text: new TextDecoder('gbk').decode(bytes), bytes }
}

/** Common Chinese characters, on whose bytes all tables agree. No two of the bytes look like UTF-8. */
const common = (random: Source, count: number) => draw(random, count, [0xc0, 0xd6], [0xc0, 0xfe])
/** Characters that GB2312 lacks, the second byte an ASCII code. */
const rare = (random: Source, count: number) => draw(random, count, [0x81, 0xa0], [0x40, 0x7e])

/** The client's connection, or what the call failed with before it made one. */
async function meet(accepted: Promise<Peer>, asked: Promise<unknown>): Promise<Peer> {
  accepted.catch(() => {})
  const failed = new Promise<never>((_, reject) => {
    asked.catch((error) => {
      if (!(error instanceof StudentError)) return reject(error)
      const message = `${ASK} rejected a message that GBK can write: ${error.message}`
      reject(new Finding({ kind: 'rejected', message }))
    })
  })
  return Promise.race([accepted, failed])
}

test(
  'sends the message in GBK and returns the reply as text',
  characters,
  async ({ student, listen, random }) => {
    const server = await listen()
    const message = common(random, 4)
    const reply = common(random, 4)
    const asked = student.call<string>(ASK, server.address, `ok, ${message.text}...`)
    const client = await meet(server.accept(), asked)
    await client.expect(Buffer.concat([Buffer.from('ok, '), message.bytes, Buffer.from('...')]))
    await client.write(reply.bytes)
    client.end()
    same(await asked, reply.text, 'the resolved text')
  },
)

test(
  'sends and reads characters that GBK has and GB2312 lacks',
  characters,
  async ({ student, listen, random }) => {
    const server = await listen()
    const message = rare(random, 4)
    const reply = rare(random, 4)
    const asked = student.call<string>(ASK, server.address, message.text)
    const client = await meet(server.accept(), asked)
    await client.expect(message.bytes)
    await client.write(reply.bytes)
    client.end()
    same(await asked, reply.text, 'the resolved text')
  },
)

test('sends a question mark as it is', characters, async ({ student, listen, random }) => {
  const server = await listen()
  const word = random.word()
  const asked = student.call<string>(ASK, server.address, `${word}?？`)
  const client = await meet(server.accept(), asked)
  await client.expect(Buffer.concat([Buffer.from(`${word}?`), Buffer.of(0xa3, 0xbf)]))
  await client.write('?')
  client.end()
  same(await asked, '?', 'the resolved text')
})

test(
  'returns a reply that comes only after its FIN',
  halfClose,
  async ({ student, listen, random }) => {
    const server = await listen()
    const reply = random.word()
    const asked = student.call<string>(ASK, server.address, 'hello')
    const client = await meet(server.accept(), asked)
    await client.readToEnd()
    await client.write(reply)
    client.end()
    same(await asked, reply, 'the resolved text')
  },
)

test(
  'returns everything up to the FIN, not just the first chunk',
  reads,
  async ({ student, listen, random }) => {
    const server = await listen()
    const reply = `${random.word()}\n${random.word()}\n`
    const asked = student.call<string>(ASK, server.address, 'hello')
    const client = await meet(server.accept(), asked)
    await client.expect('hello')
    await client.write(reply, everyByte(reply.length))
    client.end()
    same(await asked, reply, 'the resolved text')
  },
)

test(
  'keeps a character whole whose two bytes come in two chunks',
  reads,
  async ({ student, listen, random }) => {
    const server = await listen()
    const reply = common(random, 3)
    const asked = student.call<string>(ASK, server.address, 'hello')
    const client = await meet(server.accept(), asked)
    await client.expect('hello')
    await client.write(reply.bytes, everyByte(reply.bytes.length))
    client.end()
    same(await asked, reply.text, 'the resolved text')
  },
)

test(
  'refuses a character that GBK lacks, and sends nothing',
  characters,
  async ({ student, listen, random, watch }) => {
    const message = `ok ${random.pick(OUTSIDE)}`
    const { outcome, peers } = await refuse(student, await listen(), message, watch)
    for (const { received, conn } of peers) {
      if (received.includes('?')) {
        const lost = 'a question mark went out in place of the character that GBK lacks'
        throw new Finding({ kind: 'wrong bytes', message: lost, got: received, conn })
      }
      if (received.length > 0) {
        const sent = 'bytes went out, though GBK cannot write the message'
        throw new Finding({ kind: 'too many bytes', message: sent, got: received, conn })
      }
    }
    if (outcome instanceof StudentError) return
    if (outcome instanceof Error) throw outcome
    await rejection(Promise.resolve(outcome), 'a character that GBK lacks was to be refused')
  },
)

test(
  'leaves no connection open after a refusal',
  closes,
  async ({ student, listen, random, watch }) => {
    const { peers } = await refuse(student, await listen(), random.pick(OUTSIDE), watch)
    for (const peer of peers) await peer.expectGone()
  },
)

test('rejects with ECONNREFUSED when nobody listens', errors, async ({ student, closedPort }) => {
  const asked = student.call(ASK, await closedPort(), '你好')
  const error = await rejection(asked, 'ECONNREFUSED was due')
  same(error.code, 'ECONNREFUSED', "the error's code")
})

test(
  'rejects with ECONNRESET when the server resets the connection',
  errors,
  async ({ student, listen, random }) => {
    const server = await listen()
    const asked = student.call(ASK, server.address, 'hello')
    const client = await meet(server.accept(), asked)
    await client.expect('hello')
    await client.write(common(random, 2).bytes)
    client.reset()
    const error = await rejection(asked, 'ECONNRESET was due')
    same(error.code, 'ECONNRESET', "the error's code")
  },
)

/**
 * Asks with `message` and resolves with what came of it: what the call ended with, and the connections
 * that were made for it. Before, a message that GBK can write is asked, so that a program that refuses
 * everything fails.
 */
async function refuse(
  student: Student,
  server: Server,
  message: string,
  watch: { settled(): Promise<void> },
): Promise<Refusal> {
  serve(server).catch(() => {})
  const reply = await student.call(ASK, server.address, 'ok')
  same(reply, 'fine', 'the text resolved for a message that GBK can write')
  const outcome = await student.call(ASK, server.address, message).catch((error: unknown) => error)
  await watch.settled()
  return { outcome, peers: server.peers.slice(1) }
}

/** Replies to every client that says something. */
async function serve(server: Server): Promise<void> {
  for (;;) {
    const client = await server.accept()
    const reply = async () => {
      await client.read(2)
      await client.write('fine')
      client.end()
    }
    reply().catch(() => {})
  }
}
