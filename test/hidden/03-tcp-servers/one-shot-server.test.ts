import { type Endpoint, Finding, type Peer, rejection, same, type Student, test } from '../../harness/index.ts'

type Visit = { address?: string; port?: number; bytes?: number; text?: string }
type Fixtures = {
  student: Student
  watch: { turn(): Promise<void> }
  connect: (to: Endpoint) => Promise<Peer>
}

const SERVE = 'serveOnce'
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

/** A port for the program to listen on. Nobody is told which one it takes by itself: it resolves too late. */
const port = test.extend<{ free: Endpoint }>({
  free: async ({ closedPort, listen }, use) => {
    // On Linux a port that is bound but not listened on is held for us and still free for the program.
    if (process.platform === 'linux') return use(await closedPort())
    const server = await listen()
    const { address } = server
    server.close()
    await use(address)
  },
})

/** Whether the program listens, once it does, or its call is over, or it has had more than its time. */
async function listens({ student }: Fixtures, called: Promise<unknown>): Promise<boolean> {
  let isOver = false
  const end = () => {
    isOver = true
  }
  called.then(end, end)
  const began = performance.now()
  while (!isOver && performance.now() - began < 5_000) {
    const { resources } = await student.view()
    if (resources.includes('TCPServerWrap')) return true
  }
  return false
}

/** Connects once the program listens; fails as the call did when it ended before that. */
async function arrive(fixtures: Fixtures, called: Promise<unknown>, to: Endpoint): Promise<Peer> {
  if (await listens(fixtures, called)) return fixtures.connect(to)
  const over = called.then(() => {
    throw new Finding({ kind: 'never listened', message: `${SERVE} resolved before anybody came` })
  })
  return Promise.race([over, fixtures.connect(to)])
}

/** Lets the program do what it has to do by now. (`settled` would fail the call that is under way.) */
async function turns({ watch }: Fixtures): Promise<void> {
  for (let i = 0; i < 5; i++) await watch.turn()
}

port('tells the address and port of its client', visit, async ({ student, watch, connect, free, random }) => {
  const called = student.call<Visit>(SERVE, free, REPLY, 'utf-8')
  const client = await arrive({ student, watch, connect }, called, free)
  await client.write(random.word())
  await client.expect(REPLY)
  client.end()
  const { address = '', port } = await called
  same(address, client.name.address, "the visit's address")
  const at = (name: { address: string; port: number | undefined }) => ({ client: `${name.address}:${name.port}` })
  same(at({ address, port }), at(client.name), "the visit's port")
})

port('tells the message and its length in bytes', bytes, async ({ student, watch, connect, free, random }) => {
  const called = student.call<Visit>(SERVE, free, REPLY, 'utf-8')
  const client = await arrive({ student, watch, connect }, called, free)
  const message = `你好 ${random.word(4)}`
  await client.write(message)
  await client.expect(REPLY)
  client.end()
  const { text, bytes } = await called
  same(text, message, "the visit's text")
  same(bytes, 11, "the visit's number of bytes")
})

port('speaks GBK both ways', bytes, async ({ student, watch, connect, free, random }) => {
  const [message, reply] = [draw(random, 5), draw(random, 5)]
  const called = student.call<Visit>(SERVE, free, reply.text, 'gbk')
  const client = await arrive({ student, watch, connect }, called, free)
  await client.write(message.bytes)
  await client.expect(reply.bytes)
  await client.expectEnd()
  client.end()
  const { text, bytes } = await called
  same(text, message.text, "the visit's text")
  same(bytes, message.bytes.length, "the visit's number of bytes")
})

port('replies while the client keeps its side open, and closes', visit, async ({ student, watch, connect, free, random }) => {
  const called = student.call<Visit>(SERVE, free, REPLY, 'utf-8')
  const client = await arrive({ student, watch, connect }, called, free)
  await client.write(random.word())
  await client.expect(REPLY)
  await client.expectEnd()
  client.end()
  await called
})

port('replies to a client that half-closes without a byte', visit, async ({ student, watch, connect, free }) => {
  const called = student.call<Visit>(SERVE, free, REPLY, 'utf-8')
  const client = await arrive({ student, watch, connect }, called, free)
  client.end()
  await client.expect(REPLY)
  await client.expectEnd()
  const { bytes, text } = await called
  same({ bytes, text }, { bytes: 0, text: '' }, 'what the visit says of the message')
})

port('refuses a second client while the first is still there', listening, async ({ student, watch, connect, free, random }) => {
  const called = student.call<Visit>(SERVE, free, REPLY, 'utf-8')
  const first = await arrive({ student, watch, connect }, called, free)
  await turns({ student, watch, connect })
  const second = await connect(free).catch((error: unknown) => error)
  if (!(second instanceof Error)) {
    const message = 'a second client could connect while the first was still there'
    throw new Finding({ kind: 'wrong value', message, expected: 'ECONNREFUSED', got: 'a connection' })
  }
  if (!(second instanceof Finding && second.finding.kind === 'refused')) throw second
  const word = random.word()
  await first.write(word)
  await first.expect(REPLY)
  first.end()
  same((await called).text, word, "the visit's text")
})

port('delivers a reply of 20 MB whole to a client that reads late', closing, async ({ student, watch, connect, free, random }) => {
  const reply = random.word(20).repeat(LARGE / 20)
  const called = student.call<Visit>(SERVE, free, reply, 'utf-8')
  const client = await arrive({ student, watch, connect }, called, free)
  client.pause()
  await client.write(random.word())
  await turns({ student, watch, connect })
  client.resume()
  const got = await client.readToEnd()
  client.end()
  if (!got.equals(Buffer.from(reply))) {
    const kind = got.length < LARGE ? 'too few bytes' : 'wrong bytes'
    throw new Finding({ kind, message: 'the connection ended (FIN) before all of the reply had come' })
  }
  await called
})

port('does not resolve before the reply is out', closing, async ({ student, watch, connect, free, random }) => {
  const called = student.call<Visit>(SERVE, free, random.word(20).repeat(LARGE / 20), 'utf-8')
  let isResolved = false
  const resolved = () => {
    isResolved = true
  }
  called.then(resolved, () => {})
  const client = await arrive({ student, watch, connect }, called, free)
  client.pause()
  await client.write(random.word())
  await turns({ student, watch, connect })
  // A kernel with enough room may have taken it all: then no write waits, and the reply is out.
  const { resources } = await student.view()
  if (isResolved && resources.includes('WriteWrap')) {
    const message = `${SERVE} resolved while the program still held most of the reply`
    throw new Finding({ kind: 'resolved', message })
  }
  client.resume()
  const { length } = await client.readToEnd()
  client.end()
  await called
  same(length, LARGE, 'the number of bytes that the client got')
})

port('rejects when the client resets the connection', breaks, async ({ student, watch, connect, free }) => {
  const called = student.call<Visit>(SERVE, free, REPLY, 'utf-8')
  const client = await arrive({ student, watch, connect }, called, free)
  await turns({ student, watch, connect })
  client.reset()
  await rejection(called, 'the client had reset the connection (RST) instead of speaking')
})

test('rejects with EADDRINUSE when the port is taken', taken, async ({ student, listen }) => {
  const server = await listen()
  const error = await rejection(student.call(SERVE, server.address, REPLY, 'utf-8'), 'EADDRINUSE was due: the port is taken')
  same(error.code, 'EADDRINUSE', "the error's code")
})

port('rejects a reply outside the encoding before it listens', bytes, async ({ student, watch, connect, free, random }) => {
  const outside = `ok ${random.pick(OUTSIDE)}`
  const refused = student.call<Visit>(SERVE, free, outside, 'gbk')
  if (await listens({ student, watch, connect }, refused)) {
    const message = `the program listens, though GBK cannot write the reply ${outside}`
    throw new Finding({ kind: 'wrong value', message, expected: 'a rejected promise', got: 'a listening socket' })
  }
  await rejection(refused, 'a reply that GBK cannot write was to be refused')
  // A program that refuses every reply would pass so far.
  const called = student.call<Visit>(SERVE, free, 'ok ?', 'gbk')
  const client = await arrive({ student, watch, connect }, called, free)
  await client.write(random.word())
  await client.expect('ok ?')
  client.end()
  await called
})

/** Chinese characters on whose GBK bytes all tables agree. No two of the bytes look like UTF-8. */
function draw(random: { int(low: number, high: number): number }, count: number): { text: string; bytes: Buffer } {
  const codes = Array.from({ length: count }, () => [random.int(0xc0, 0xd6), random.int(0xc0, 0xfe)])
  const bytes = Buffer.from(codes.flat())
  return { text: new TextDecoder('gbk').decode(bytes), bytes }
}
