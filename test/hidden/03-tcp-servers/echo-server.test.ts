import {
  Finding,
  type Peer,
  rejection,
  type Server,
  type Student,
  same,
  test,
} from '../../harness/index.ts'

const sources = (points: number) => ({ meta: { points, lesson: 'Two sources of input' } })
const listeners = { meta: { points: 1, lesson: 'One listener, many sockets' } }
const bytes = { meta: { points: 1, lesson: 'Bytes in, bytes out' } }
const halfClosed = { meta: { points: 2, lesson: 'Half-closed is not gone' } }
const breaks = { meta: { points: 1, lesson: 'When a client breaks off' } }
const taken = { meta: { points: 1, lesson: 'When the port is taken' } }

const confirmation = '\nI get it!\n'

function start(student: Student): Promise<Server> {
  return student.start('startEchoServer', { host: '127.0.0.1', port: 0 })
}

/** Sends a message in one chunk and waits for its echo, so that its place in the order is known. */
async function say(client: Peer, message: string): Promise<void> {
  await client.write(message)
  await client.expect(message + confirmation)
}

test(
  'echoes a chunk, confirms it and passes on what the operator types',
  sources(2),
  async ({ freshStudent, connect, random }) => {
    const client = await connect((await start(freshStudent)).address)
    const word = ` ${random.word()} 好 `
    await say(client, random.word())
    freshStudent.type(`${word}\n`)
    await client.expect(word)
    // What comes next is the next echo: nothing stands between it and the word.
    await say(client, `${random.word()} 你`)
    freshStudent.type(`${word}!\n`)
    await client.expect(`${word}!`)
    client.end()
    await client.expectEnd()
  },
)

test(
  "prints the client's address and port, and each chunk's text",
  listeners,
  async ({ freshStudent, connect, random }) => {
    const server = await start(freshStudent)
    for (let i = 0; i < 2; i++) {
      const client = await connect(server.address)
      await expectPrinted(freshStudent, `connected: 127.0.0.1:${client.name.port}`)
      const message = `${random.word()} 你好`
      await say(client, message)
      await expectPrinted(freshStudent, `127.0.0.1: ${message}`)
    }
  },
)

/** Fails unless the program prints `line`; a prompt of its own may stand before it. */
async function expectPrinted({ stdout }: Student, line: string): Promise<void> {
  try {
    await stdout.expectLine(line)
  } catch (error) {
    if (!(error instanceof Finding)) throw error
    if (stdout.text.includes(`${line}\n`)) return
    throw new Finding({
      kind: 'wrong value',
      message: `the line ${JSON.stringify(line)} was not printed`,
      expected: JSON.stringify(`${line}\n`),
      got: JSON.stringify(stdout.text),
    })
  }
}

test('echoes bytes that are no text', bytes, async ({ freshStudent, connect, random }) => {
  const client = await connect((await start(freshStudent)).address)
  const chunk = Buffer.from([...random.bytes(8), ...Array.from({ length: 256 }, (_, i) => i)])
  await client.write(chunk)
  await client.expect(Buffer.concat([chunk, Buffer.from(confirmation)]))
})

test(
  'gives a client that half-closed its word, however late, and then closes',
  halfClosed,
  async ({ freshStudent, connect, random, watch }) => {
    const server = await start(freshStudent)
    const [message, word] = [random.word(), random.word()]
    const client = await connect(server.address)
    await client.write(message)
    client.end()
    await client.expect(message + confirmation)
    await watch.settled()
    freshStudent.type(`${word}\n`)
    await client.expect(word)
    await client.expectEnd()

    const silent = await connect(server.address)
    silent.end()
    await silent.expectEnd()
  },
)

test(
  'gives each message a line of its own, in the order in which the messages came',
  sources(2),
  async ({ freshStudent, connect, random }) => {
    const { address } = await start(freshStudent)
    const [last, first, second] = [
      await connect(address),
      await connect(address),
      await connect(address),
    ]
    const inOrder = [first, second, last]
    for (const client of inOrder) await say(client, random.word())
    const words = inOrder.map((_, i) => `${random.word()}${i}`)
    freshStudent.type(words.map((word) => `${word}\n`).join(''))
    for (const [i, client] of inOrder.entries()) {
      await client.expect(words[i] ?? '')
      client.end()
      await client.expectEnd()
    }
  },
)

test(
  'keeps lines that were typed before their message came',
  sources(1),
  async ({ freshStudent, connect, random, watch }) => {
    const { address } = await start(freshStudent)
    const words = [random.word(), random.word()]
    freshStudent.type(`${words[0]}\n${words[1]}\n`)
    await watch.settled()
    for (const word of words) {
      const client = await connect(address)
      await say(client, random.word())
      await client.expect(word)
      client.end()
      await client.expectEnd()
    }
  },
)

test('takes an empty line for a word', sources(1), async ({ freshStudent, connect, random }) => {
  const { address } = await start(freshStudent)
  const [first, second] = [await connect(address), await connect(address)]
  await say(first, random.word())
  await say(second, random.word())
  const word = random.word()
  freshStudent.type(`\n${word}\n`)
  first.end()
  await first.expectEnd()
  await second.expect(word)
})

test(
  'spends a line on a message whose client has reset, and serves the next client',
  breaks,
  async ({ freshStudent, connect, random, watch }) => {
    const { address } = await start(freshStudent)
    const gone = await connect(address)
    await say(gone, random.word())
    gone.reset()
    await watch.settled()
    const client = await connect(address)
    await say(client, random.word())
    const words = [`1${random.word()}`, `2${random.word()}`]
    freshStudent.type(`${words[0]}\n${words[1]}\n`)
    await client.expect(words[1] ?? '')
  },
)

test(
  "goes on echoing after the operator's input has ended",
  sources(1),
  async ({ freshStudent, connect, random, watch }) => {
    const { address } = await start(freshStudent)
    const first = await connect(address)
    await say(first, random.word())
    const word = random.word()
    freshStudent.type(`${word}\n`)
    freshStudent.endInput()
    await first.expect(word)
    await watch.settled()
    const second = await connect(address)
    await say(second, random.word())
  },
)

test('rejects with EADDRINUSE when the port is taken', taken, async ({ freshStudent, listen }) => {
  const { address } = await listen()
  const error = await rejection(freshStudent.call('startEchoServer', address), 'EADDRINUSE was due')
  same(error.code, 'EADDRINUSE', "the error's code")
})
