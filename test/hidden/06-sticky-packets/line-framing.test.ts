import {
  everyPiece,
  Finding,
  type Peer,
  rejection,
  repeated,
  type Server,
  type Student,
  same,
  test,
} from '../../harness/index.ts'

const START = 'startLineServer'
const LONGEST = 65_536
const MIB = 1024 * 1024
/** What surely comes as one chunk, in bytes. */
const PIECE = 32_768
const TOO_LONG = 'ERR line too long\n'

const lines = { meta: { points: 2, lesson: 'Where messages end' } }
const cutUp = { meta: { points: 2, lesson: 'A stream has no messages' } }
const bytes = { meta: { points: 1, lesson: 'Bytes, not characters' } }
const clients = { meta: { points: 1, lesson: 'State belongs to a connection' } }
const limits = { meta: { points: 1, lesson: 'A limit for everything' } }
const halfClose = { meta: { points: 2, lesson: 'Half-close: answers still owed' } }
const errors = { meta: { points: 1, lesson: 'Errors arrive as events' } }

function start(student: Student): Promise<Server> {
  return student.start(START, { host: '127.0.0.1', port: 0 })
}

/** What is due for these lines. */
function answers(...texts: (string | Uint8Array)[]): Buffer {
  const each = texts.map((text) => Buffer.from(text))
  return Buffer.concat(
    each.flatMap((line) => [`${line.length}:`, line, '\n']).map((part) => Buffer.from(part)),
  )
}

/** Expects these last bytes, then the end, and nothing between them. An RST may come with the FIN. */
async function expectLast(client: Peer, last: string | Uint8Array): Promise<void> {
  await client.expect(last)
  try {
    await client.expectEnd()
  } catch (error) {
    if (!(error instanceof Finding && error.finding.kind === 'reset')) throw error
  }
}

test(
  'answers each line, the empty one too, with its length in bytes and itself',
  lines,
  async ({ student, connect, random }) => {
    const client = await connect((await start(student)).address)
    for (const line of [random.word(), '', '你好', ` ${random.word()} \t`, '']) {
      await client.write(`${line}\n`)
      await client.expect(answers(line))
    }
    const last = random.word()
    await client.write(`${last}\r\n`)
    await client.expect(answers(last))
    client.end()
    await client.expectEnd()
  },
)

test(
  'answers the same however the lines are cut into chunks',
  cutUp,
  async ({ student, connect, random, everyCut }) => {
    const { address } = await start(student)
    const said = [random.word(), random.word(1), `${random.word(2)}é你`, random.word()]
    const sent = Buffer.from(said.map((line) => `${line}\n`).join(''))
    await everyCut(sent.length, async (cuts) => {
      const client = await connect(address)
      await client.write(sent, cuts)
      await client.expect(answers(...said))
      client.end()
      await client.expectEnd()
    })
  },
)

test(
  'drops a carriage return before the newline, in the same chunk or in the one before',
  lines,
  async ({ student, connect, random, everyCut }) => {
    const { address } = await start(student)
    const [one, two] = [random.word(3), random.word(2)]
    const sent = `${one}\r\n\r\n${two}\r\r\n`
    await everyCut(sent.length, async (cuts) => {
      const client = await connect(address)
      await client.write(sent, cuts)
      await client.expect(answers(one, '', `${two}\r`))
      client.end()
      await client.expectEnd()
    })
  },
)

test('gives every byte back as it came', bytes, async ({ student, connect, random }) => {
  const client = await connect((await start(student)).address)
  const all = Uint8Array.from({ length: 256 }, (_, i) => i).filter((byte) => byte !== 10)
  const line = Buffer.concat([random.bytes(8).filter((byte) => byte !== 10), all])
  await client.write(Buffer.concat([line, Buffer.from('\n')]))
  await client.expect(answers(line))
})

test(
  'keeps the lines of two clients apart',
  clients,
  async ({ student, connect, random, watch }) => {
    const { address } = await start(student)
    const [one, two] = [await connect(address), await connect(address)]
    const [first, second] = [`${random.word()}你`, `${random.word()}好`]
    const split = (text: string) => {
      const whole = Buffer.from(`${text}\n`)
      return [whole.subarray(0, -3), whole.subarray(-3)] as const
    }
    for (const half of [0, 1] as const) {
      await one.write(split(first)[half])
      await watch.turn()
      await two.write(split(second)[half])
      await watch.turn()
    }
    await one.expect(answers(first))
    await two.expect(answers(second))
  },
)

test(
  'answers a line of 65536 bytes, its line end not counted',
  limits,
  async ({ student, connect, random }) => {
    const client = await connect((await start(student)).address)
    const line = random.word(8).repeat(LONGEST / 8)
    await client.write(`${line}\n`, everyPiece(LONGEST + 1, PIECE))
    await client.expect(answers(line))
    // The carriage return is there before the newline says what it is.
    await client.write(`${line}\r\n`, [...everyPiece(LONGEST, PIECE), LONGEST, LONGEST + 1])
    await client.expect(answers(line))
  },
)

test(
  'refuses a line that is too long, after earlier answers, and says no more',
  limits,
  async ({ student, connect, random }) => {
    const client = await connect((await start(student)).address)
    const [word, long] = [random.word(), random.word(8).repeat(LONGEST / 8)]
    const sent = `${word}\n${long}x\n${word}\n`
    await client.write(sent, everyPiece(sent.length, PIECE))
    await expectLast(client, Buffer.concat([answers(word), Buffer.from(TOO_LONG)]))
  },
)

test(
  'refuses a line as soon as it cannot fit, without waiting for its newline',
  limits,
  async ({ student, connect, random, watch }) => {
    const client = await connect((await start(student)).address)
    const [word, long] = [random.word(), random.word(8).repeat(LONGEST / 8)]
    const sent = `${word}\n${long}`
    await client.write(sent, everyPiece(sent.length, PIECE))
    await client.expect(answers(word))
    await watch.settled()
    client.expectSilence('65536 bytes without a newline may still become a line')
    await client.write('x')
    await expectLast(client, TOO_LONG)
  },
)

test(
  'keeps nothing of what comes after a refusal',
  limits,
  async ({ freshStudent, connect, random, recorder }) => {
    const { address } = await start(freshStudent)
    const long = random.word(8).repeat(LONGEST / 8)
    const more = repeated(random.bytes(65_536).filter((byte) => byte !== 10))
    const before = recorder.events.length
    await freshStudent.growsAtMost(128 * MIB, async () => {
      const refused: Peer[] = []
      while (refused.length < 24) {
        recorder.events.length = before
        const client = await connect(address)
        await client.write(`${long}x`, everyPiece(LONGEST + 1, PIECE))
        await expectLast(client, TOO_LONG)
        refused.push(client)
      }
      recorder.events.length = before
      // 192 MiB in all, for a program that goes on keeping. All at once: one may have stopped reading.
      const text = '24 clients are refused, and go on sending 8 MiB each'
      recorder.add({ kind: 'note', way: 'in', conn: '', text })
      const kept = recorder.events.length
      await Promise.all(refused.map((client) => client.pour(more, 8 * MIB)))
      recorder.events.length = kept
    })
  },
)

test(
  'sends every answer to a client that half-closed and reads late',
  halfClose,
  async ({ student, connect, random, watch }) => {
    const client = await connect((await start(student)).address)
    const line = random.word(8).repeat(LONGEST / 8)
    const count = 192
    client.pause()
    const sent = `${line}\n`.repeat(count) + random.word()
    await client.write(sent, everyPiece(sent.length, PIECE))
    client.end()
    await watch.settled()
    client.resume()
    const due = Buffer.concat(Array.from({ length: count }, () => answers(line)))
    const got = await client.readToEnd()
    if (got.length < due.length && got.equals(due.subarray(0, got.length))) {
      const message = 'the connection ended (FIN) before all of the answers had been sent'
      throw new Finding({ kind: 'ended early', message })
    }
    if (got.equals(due)) return
    const message = 'what came are not the answers to the lines'
    throw new Finding({ kind: 'wrong bytes', message, expected: due, got })
  },
)

test(
  'goes on after a client reset its connection',
  errors,
  async ({ student, connect, random, watch }) => {
    const { address } = await start(student)
    const rude = await connect(address)
    await rude.write('never mi')
    await watch.settled()
    rude.reset()
    await watch.settled()
    const client = await connect(address)
    const word = random.word()
    await client.write(`${word}\n`)
    await client.expect(answers(word))
  },
)

test('rejects with EADDRINUSE when the port is taken', errors, async ({ student, listen }) => {
  const { address } = await listen()
  const error = await rejection(student.call(START, address), 'EADDRINUSE was due')
  same(error.code, 'EADDRINUSE', "the error's code")
})
