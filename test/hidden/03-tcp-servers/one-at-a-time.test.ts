import {
  everyByte,
  Finding,
  rejection,
  type Server,
  type Student,
  same,
  test,
} from '../../harness/index.ts'

const queue = (points: number) => ({ meta: { points, lesson: 'Waiting in line' } })
const lines = { meta: { points: 1, lesson: 'Chunks are not lines' } }
const bytes = { meta: { points: 1, lesson: 'Bytes in, bytes out' } }
const halfClosed = { meta: { points: 1, lesson: 'Half-closed is not gone' } }
const breaks = { meta: { points: 1, lesson: 'When a client breaks off' } }
const taken = { meta: { points: 1, lesson: 'When the port is taken' } }

function start(student: Student): Promise<Server> {
  return student.start('startSequentialServer', { host: '127.0.0.1', port: 0 })
}

test(
  'greets a client and numbers its lines from 1',
  lines,
  async ({ student, connect, random }) => {
    const client = await connect((await start(student)).address)
    await client.expect('ready\n')
    for (let k = 1; k <= 11; k++) {
      const line = k === 2 ? '' : `${random.word()} 你好`
      await client.write(`${line}\n`)
      await client.expect(`#${k} ${line}\n`)
    }
    client.end()
    await client.expectEnd()
  },
)

test(
  'keeps later clients waiting, and serves them in the order in which they came',
  queue(2),
  async ({ student, connect, random, watch }) => {
    const { address } = await start(student)
    const clients = [await connect(address), await connect(address), await connect(address)]
    for (const [i, current] of clients.entries()) {
      const line = random.word()
      await current.expect('ready\n')
      await current.write(`${line}\n`)
      await current.expect(`#1 ${line}\n`)
      await watch.settled()
      for (const waiting of clients.slice(i + 1)) {
        waiting.expectSilence('a client got something before its turn')
      }
      current.end()
      await current.expectEnd()
    }
  },
)

test(
  'answers what a client sent while it waited',
  queue(2),
  async ({ student, connect, random, watch }) => {
    const { address } = await start(student)
    const [current, early, halfway] = [
      await connect(address),
      await connect(address),
      await connect(address),
    ]
    await current.expect('ready\n')
    const [one, two, three] = [random.word(), random.word(), random.word()]
    await early.write(`${one}\n${two}\n`)
    await halfway.write(three)
    await watch.settled()
    current.end()
    await early.expect(`ready\n#1 ${one}\n#2 ${two}\n`)
    early.end()
    await early.expectEnd()
    await halfway.expect('ready\n')
    await halfway.write('!\n')
    await halfway.expect(`#1 ${three}!\n`)
  },
)

test(
  'gives the turn on when the current client resets',
  breaks,
  async ({ student, connect, random }) => {
    const { address } = await start(student)
    const [current, next] = [await connect(address), await connect(address)]
    await current.expect('ready\n')
    current.reset()
    const line = random.word()
    await next.expect('ready\n')
    await next.write(`${line}\n`)
    await next.expect(`#1 ${line}\n`)
  },
)

test(
  'skips waiting clients that have left',
  queue(1),
  async ({ student, connect, random, watch }) => {
    const { address } = await start(student)
    const [current, unended, reset, next] = [
      await connect(address),
      await connect(address),
      await connect(address),
      await connect(address),
    ]
    await current.expect('ready\n')
    await unended.write(random.word())
    unended.end()
    await reset.write(`${random.word()}\n`)
    reset.reset()
    await watch.settled()
    current.end()
    const line = random.word()
    await next.expect('ready\n')
    await next.write(`${line}\n`)
    await next.expect(`#1 ${line}\n`)
  },
)

test(
  'serves a waiting client that half-closed after its lines',
  halfClosed,
  async ({ student, connect, random, watch }) => {
    const { address } = await start(student)
    const [current, waiting] = [await connect(address), await connect(address)]
    await current.expect('ready\n')
    const [one, two] = [random.word(), random.word()]
    await waiting.write(`${one}\n${two}\n`)
    waiting.end()
    await watch.settled()
    waiting.expectSilence('a client that half-closed must still wait for its turn')
    current.end()
    await waiting.expect(`ready\n#1 ${one}\n#2 ${two}\n`)
    await waiting.expectEnd()
  },
)

test(
  'finds the lines however they are cut into chunks',
  lines,
  async ({ student, connect, random }) => {
    const client = await connect((await start(student)).address)
    const words = [random.word(), '你好', random.word()]
    const text = words.map((word) => `${word}\n`).join('')
    const length = Buffer.byteLength(text)
    await client.expect('ready\n')
    for (const [round, cuts] of [[], everyByte(length), random.cuts(length)].entries()) {
      await client.write(text, cuts)
      await client.expect(
        words.map((word, i) => `#${round * words.length + i + 1} ${word}\n`).join(''),
      )
    }
  },
)

test(
  'keeps each line byte for byte, and gives an unended last one no reply',
  bytes,
  async ({ student, connect, random }) => {
    const client = await connect((await start(student)).address)
    const lines = [
      `  ${random.word()}\t `,
      `${random.word()}\r`,
      `a\r${random.word()}`,
      '\r',
      ' ',
      '\u2028',
    ]
    await client.expect('ready\n')
    await client.write(`${lines.join('\n')}\n${random.word()}`)
    client.end()
    await client.expect(lines.map((line, i) => `#${i + 1} ${line}\n`).join(''))
    await client.expectEnd()
  },
)

test(
  'sends a whole long reply after FIN to a client that reads late',
  halfClosed,
  async ({ student, connect, random, watch }) => {
    const client = await connect((await start(student)).address)
    await client.expect('ready\n')
    await client.write('one\ntwo\n')
    await client.expect('#1 one\n#2 two\n')
    const line = random.word(8).repeat(128 * 1024)
    const count = 8
    client.pause()
    await client.write(`${line}\n`.repeat(count))
    client.end()
    await watch.settled()
    client.resume()
    const got = await client.readToEnd()
    const due = Array.from({ length: count }, (_, i) => `#${i + 3} ${line}\n`).join('')
    if (got.length < due.length && due.startsWith(got.toString())) {
      throw new Finding({
        kind: 'ended early',
        message: 'the connection ended (FIN) before all of the replies had been sent',
      })
    }
    same(got.equals(Buffer.from(due)), true, 'whether what came are the replies')
  },
)

test('rejects with EADDRINUSE when the port is taken', taken, async ({ student, listen }) => {
  const { address } = await listen()
  const error = await rejection(
    student.call('startSequentialServer', address),
    'EADDRINUSE was due',
  )
  same(error.code, 'EADDRINUSE', "the error's code")
})
