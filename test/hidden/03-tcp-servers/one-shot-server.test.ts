import {
  test as base,
  type Endpoint,
  Finding,
  type Peer,
  type Recorder,
  rejection,
  same,
} from '../../harness/index.ts'

type Visit = { address?: string; port?: number; bytes?: number; text?: string }
type Fixtures = {
  /** calls the program */
  serve: (reply: string, encoding?: 'utf-8' | 'gbk') => Promise<Visit>
  /** where the program listens, once it does; undefined when its call was over before */
  listens: (called: Promise<unknown>) => Promise<Endpoint | undefined>
  /** connects once the program listens; fails as the call did when it ended before that */
  arrive: (called: Promise<unknown>) => Promise<Peer>
  /** lets the program do what it can do by now */
  turns: () => Promise<void>
}

const SERVE = 'serveOnce'
const LOCAL = { host: '127.0.0.1', port: 0 }
const REPLY = 'ok, 问题正在处理中...'
/** More than the kernels on both sides take for a client that does not read. */
const LARGE = 20_000_000
/** What no table of GBK has, whoever drew it. */
const OUTSIDE = ['😀', '한', 'ß', '𠮷'] as const

const visit = { meta: { points: 2, lesson: 'A visit from start to end' } }
const bytes = { meta: { points: 2, lesson: 'Bytes in, bytes out' } }
const listening = { meta: { points: 2, lesson: 'One listener, many sockets' } }
const closing = { meta: { points: 2, lesson: 'Closing without cutting' } }
const breaks = { meta: { points: 1, lesson: 'When a client breaks off' } }
const taken = { meta: { points: 1, lesson: 'When the port is taken' } }

const test = base.extend<Fixtures>({
  serve: async ({ student }, use) => {
    await use((reply, encoding = 'utf-8') => student.call<Visit>(SERVE, LOCAL, reply, encoding))
  },
  listens: async ({ student }, use) => {
    await use((called) => {
      const over = called.then(
        () => undefined,
        () => undefined,
      )
      return Promise.race([over, student.listening()])
    })
  },
  arrive: async ({ listens, connect }, use) => {
    await use(async (called) => {
      const address = await listens(called)
      if (address) return connect(address)
      await called
      throw new Finding({
        kind: 'never listened',
        message: `${SERVE} resolved before anybody came`,
      })
    })
  },
  turns: async ({ watch }, use) => {
    await use(async () => {
      for (let i = 0; i < 5; i++) await watch.turn()
    })
  },
})

test('tells the address and port of its client', visit, async ({ serve, arrive, random }) => {
  const called = serve(REPLY)
  const client = await arrive(called)
  await client.write(random.word())
  await client.expect(REPLY)
  client.end()
  const { address = '', port } = await called
  same(address, client.name.address, "the visit's address")
  const due = { client: `${client.name.address}:${client.name.port}` }
  same({ client: `${address}:${port}` }, due, "the visit's port")
})

test('tells the message and its length in bytes', bytes, async ({ serve, arrive, random }) => {
  const called = serve(REPLY)
  const client = await arrive(called)
  const message = `你好 ${random.word(4)}`
  await client.write(message)
  await client.expect(REPLY)
  client.end()
  const { text, bytes } = await called
  same(text, message, "the visit's text")
  same(bytes, 11, "the visit's number of bytes")
})

test('speaks GBK both ways', bytes, async ({ serve, arrive, random }) => {
  const [message, reply] = [draw(random, 5), draw(random, 5)]
  const called = serve(reply.text, 'gbk')
  const client = await arrive(called)
  await client.write(message.bytes)
  await client.expect(reply.bytes)
  client.end()
  const { text, bytes } = await called
  same(text, message.text, "the visit's text")
  same(bytes, 10, "the visit's number of bytes")
})

test(
  'replies while the client keeps its side open, and closes',
  visit,
  async ({ serve, arrive, random }) => {
    const called = serve(REPLY)
    const client = await arrive(called)
    await client.write(random.word())
    await client.expect(REPLY)
    await client.expectEnd()
    client.end()
    await called
  },
)

test('replies to a client that half-closes without a byte', visit, async ({ serve, arrive }) => {
  const called = serve(REPLY)
  const client = await arrive(called)
  client.end()
  await client.expect(REPLY)
  await client.expectEnd()
  const { bytes, text } = await called
  same({ bytes, text }, { bytes: 0, text: '' }, 'what the visit says of the message')
})

test(
  'refuses a second client while the first is still there',
  listening,
  async ({ serve, arrive, turns, connect, student, random }) => {
    const called = serve(REPLY)
    const at = await student.listening()
    const first = await arrive(called)
    await turns()
    const second = await connect(at).catch((error: unknown) => error)
    const word = random.word()
    await first.write(word)
    await first.expect(REPLY)
    first.end()
    same((await called).text, word, "the visit's text")
    if (second instanceof Finding && second.finding.kind === 'refused') return
    if (second instanceof Error) throw second
    const message = 'a second client could connect while the first was still there'
    throw new Finding({
      kind: 'wrong value',
      message,
      expected: 'ECONNREFUSED',
      got: 'a connection',
    })
  },
)

test(
  'delivers a reply of 20 MB whole to a client that reads late',
  closing,
  async ({ serve, arrive, turns, recorder, random }) => {
    const reply = random.word(20).repeat(LARGE / 20)
    const called = serve(reply)
    const client = await arrive(called)
    client.pause()
    await client.write(random.word())
    await turns()
    client.resume()
    const got = await readLarge(client, recorder)
    client.end()
    await called
    if (got.equals(Buffer.from(reply))) return
    throw new Finding({
      kind: 'wrong bytes',
      message: 'as many bytes came as the reply has, but others',
    })
  },
)

test(
  'does not resolve before the reply is out',
  closing,
  async ({ serve, arrive, turns, student, recorder, random }) => {
    const called = serve(random.word(20).repeat(LARGE / 20))
    let isResolved = false
    const resolved = () => {
      isResolved = true
    }
    called.then(resolved, () => {})
    const client = await arrive(called)
    client.pause()
    await client.write(random.word())
    await turns()
    // A kernel with enough room may have taken it all: then no write waits, and the reply is out.
    const { resources } = await student.view()
    if (isResolved && resources.some((resource) => resource.endsWith('WriteWrap'))) {
      const message = `${SERVE} resolved while the program still held most of the reply`
      throw new Finding({ kind: 'resolved', message })
    }
    client.resume()
    await readLarge(client, recorder)
    client.end()
    await called
  },
)

test('rejects when the client resets the connection', breaks, async ({ serve, arrive, turns }) => {
  const called = serve(REPLY)
  const client = await arrive(called)
  await turns()
  client.reset()
  await rejection(called, 'the client had reset the connection (RST) instead of speaking')
})

test('rejects with EADDRINUSE when the port is taken', taken, async ({ student, listen }) => {
  const { address } = await listen()
  const called = student.call(SERVE, address, REPLY, 'utf-8')
  const error = await rejection(called, 'EADDRINUSE was due: the port is taken')
  same(error.code, 'EADDRINUSE', "the error's code")
})

test(
  'rejects a reply outside the encoding before it listens',
  bytes,
  async ({ serve, listens, arrive, random }) => {
    const outside = `ok ${random.pick(OUTSIDE)}`
    const refused = serve(outside, 'gbk')
    if (await listens(refused)) {
      const message = `the program listens, though GBK cannot write the reply ${outside}`
      throw new Finding({
        kind: 'wrong value',
        message,
        expected: 'a rejected promise',
        got: 'a listening socket',
      })
    }
    await rejection(refused, 'a reply that GBK cannot write was to be refused')
    // A program that refuses every reply would pass so far.
    const called = serve('ok ?', 'gbk')
    const client = await arrive(called)
    await client.write(random.word())
    await client.expect('ok ?')
    client.end()
    await called
  },
)

/** Reads the large reply to its end. Its hundreds of pieces, of whatever size, are one line in the transcript. */
async function readLarge(client: Peer, recorder: Recorder): Promise<Buffer> {
  try {
    const got = await client.readToEnd()
    if (got.length >= LARGE) return got
    const message = 'the connection ended (FIN) before all of the reply had come'
    throw new Finding({ kind: 'too few bytes', message })
  } finally {
    const others = recorder.events.filter(({ kind, way }) => kind !== 'data' || way !== 'out')
    recorder.events.splice(0, recorder.events.length, ...others)
    const part = client.received.length < LARGE ? 'only a part' : 'all'
    const text = `${part} of the 20,000,000 bytes of the reply`
    recorder.add({ kind: 'note', way: 'out', conn: client.conn, text })
  }
}

/** Chinese characters on whose GBK bytes all tables agree. No two of the bytes look like UTF-8. */
function draw(random: { int(low: number, high: number): number }, count: number) {
  const codes = Array.from({ length: count }, () => [
    random.int(0xc0, 0xd6),
    random.int(0xc0, 0xfe),
  ])
  const bytes = Buffer.from(codes.flat())
  return { text: new TextDecoder('gbk').decode(bytes), bytes }
}
