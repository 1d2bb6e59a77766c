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

const START = 'startFrameServer'
const MIB = 1024 * 1024
/** What surely comes as one chunk, in bytes. */
const PIECE = 32_768

const sizes = { meta: { points: 2, lesson: 'Saying the length first' } }
const cutUp = { meta: { points: 2, lesson: 'A stream has no messages' } }
const bytes = { meta: { points: 1, lesson: 'Bytes, not characters' } }
const clients = { meta: { points: 1, lesson: 'State belongs to a connection' } }
const limits = { meta: { points: 1, lesson: 'A limit for everything' } }
const kept = { meta: { points: 1, lesson: 'Reading a body as it comes' } }
const halfClose = { meta: { points: 2, lesson: 'Half-close: answers still owed' } }
const errors = { meta: { points: 1, lesson: 'Errors arrive as events' } }

function start(student: Student): Promise<Server> {
  return student.start(START, { host: '127.0.0.1', port: 0 })
}

/** A header of four bytes. */
function header(length: number): Buffer {
  const four = Buffer.alloc(4)
  four.writeUInt32BE(length)
  return four
}

/** The frames of these texts, one after another. */
function frames(...texts: string[]): Buffer {
  return Buffer.concat(
    texts.flatMap((text) => [header(Buffer.byteLength(text)), Buffer.from(text)]),
  )
}

/** What is due for these texts. */
function answers(...texts: string[]): Buffer {
  return frames(...texts.map((text) => text.toUpperCase()))
}

/** Expects the end, by FIN or RST, and nothing before it. */
async function expectOver(client: Peer): Promise<void> {
  try {
    await client.expectEnd()
  } catch (error) {
    if (!(error instanceof Finding && error.finding.kind === 'reset')) throw error
  }
}

test(
  'answers each frame with its text in upper case',
  sizes,
  async ({ student, connect, random }) => {
    const client = await connect((await start(student)).address)
    for (const text of [random.word(), `${random.word()} ${random.word()}\n`, random.word(1)]) {
      await client.write(frames(text))
      await client.expect(answers(text))
    }
    client.end()
    await client.expectEnd()
  },
)

test(
  'gives each answer a length of its own, counted in bytes',
  bytes,
  async ({ student, connect, random }) => {
    const client = await connect((await start(student)).address)
    // Six bytes stay six; `ﬁ` loses one of three, `ŉ` gains one to two.
    for (const text of ['你好', `é${random.word()}`, `ﬁ${random.word()}`, `ŉ${random.word()}`]) {
      await client.write(frames(text))
      await client.expect(answers(text))
    }
  },
)

test(
  'answers the same however the frames are cut into chunks',
  cutUp,
  async ({ student, connect, random, everyCut }) => {
    const { address } = await start(student)
    const texts = [random.word(3), random.word(1), `${random.word(1)}é你`, random.word(5)]
    const sent = frames(...texts)
    await everyCut(sent.length, async (cuts) => {
      const client = await connect(address)
      await client.write(sent, cuts)
      await client.expect(answers(...texts))
      client.end()
      await client.expectEnd()
    })
  },
)

test('answers a frame of length zero', sizes, async ({ student, connect, random }) => {
  const client = await connect((await start(student)).address)
  const word = random.word()
  await client.write(frames(''))
  await client.expect(answers(''))
  await client.write(frames('', '', word))
  await client.expect(answers('', '', word))
})

test(
  'answers texts of 40000 bytes, of 100000, and of 1 MiB',
  sizes,
  async ({ student, connect, random }) => {
    const client = await connect((await start(student)).address)
    for (const length of [40_000, 100_000, MIB]) {
      const text = random.word(8).repeat(length / 8)
      await client.write(frames(text), everyPiece(length + 4, PIECE))
      await client.expect(answers(text))
    }
  },
)

test(
  'ends the connection at a length over 1 MiB, after earlier answers, without the text',
  limits,
  async ({ student, connect, random, recorder }) => {
    const { address } = await start(student)
    const word = random.word()
    const before = recorder.events.length
    for (const length of [MIB + 1, 2 ** 32 - 1, 2 ** 31, 2 ** 31 - 1]) {
      recorder.events.length = before
      const client = await connect(address)
      await client.write(Buffer.concat([frames(word), header(length)]))
      await client.expect(answers(word))
      await expectOver(client)
    }
  },
)

test(
  'answers neither a text of more than 1 MiB nor what follows it',
  limits,
  async ({ student, connect, random }) => {
    const client = await connect((await start(student)).address)
    const sent = frames(random.word(9).repeat(MIB / 8), random.word())
    await client.write(sent, everyPiece(sent.length, PIECE))
    await expectOver(client)
  },
)

test(
  'keeps nothing of what comes after a length over 1 MiB',
  limits,
  async ({ freshStudent, connect, random, recorder }) => {
    const { address } = await start(freshStudent)
    const more = repeated(random.bytes(65_536))
    const before = recorder.events.length
    await freshStudent.growsAtMost(128 * MIB, async () => {
      const refused: Peer[] = []
      while (refused.length < 24) {
        recorder.events.length = before
        const client = await connect(address)
        await client.write(header(16 * MIB))
        await expectOver(client)
        refused.push(client)
      }
      recorder.events.length = before
      // 192 MiB in all, for a program that keeps them. All at once: one may have stopped reading.
      const text = '24 clients announce 16 MiB each, and send 8 MiB of them'
      recorder.add({ kind: 'note', way: 'in', conn: '', text })
      const kept = recorder.events.length
      await Promise.all(refused.map((client) => client.pour(more, 8 * MIB)))
      recorder.events.length = kept
    })
  },
)

test(
  'needs no more work for many frames on one connection than on many',
  kept,
  async ({ freshStudent, connect, random, recorder, watch }) => {
    const { address } = await start(freshStudent)
    const text = random.word(8).repeat(4_096)
    const [asked, answered] = [frames(text), answers(text)]
    const count = 20
    const work = async (connections: number, length: number) => {
      const before = (await freshStudent.view()).cpuMs
      for (let i = 0; i < connections; i++) {
        const client = await connect(address)
        const sent = client.stream(repeated(asked), length * asked.length)
        await client.expectStream(repeated(answered), length * answered.length)
        await sent
        client.end()
        await client.expectEnd()
      }
      return (await freshStudent.view()).cpuMs - before
    }
    const before = recorder.events.length
    let message = '640 frames on one connection took several times as much processor time as on 20'
    try {
      const many = await work(count, 32)
      const one = await work(1, count * 32)
      // As many frames are answered. To join all that ever came, at every chunk, is ten times as much work.
      if (one <= 5 * many + 250) return
    } catch (error) {
      if (!(error instanceof Finding)) throw error
      message = 'a stream of frames of 32 KiB was not answered with the same in upper case'
    }
    // What went over the wire depends on how the kernel cut it, and there is much of it.
    await watch.settled()
    recorder.events.length = before
    throw new Finding({ kind: 'wrong value', message })
  },
)

test(
  'keeps the frames of two clients apart',
  clients,
  async ({ student, connect, random, watch }) => {
    const { address } = await start(student)
    const [one, two] = [await connect(address), await connect(address)]
    const [first, second] = [random.word(6), random.word(6)]
    for (const [from, to] of [
      [0, 2],
      [2, 7],
      [7, undefined],
    ] as const) {
      await one.write(frames(first).subarray(from, to))
      await watch.turn()
      await two.write(frames(second).subarray(from, to))
      await watch.turn()
    }
    await one.expect(answers(first))
    await two.expect(answers(second))
  },
)

test(
  'sends every answer to a client that half-closed and reads late',
  halfClose,
  async ({ student, connect, random, watch }) => {
    const client = await connect((await start(student)).address)
    const text = random.word(8).repeat(MIB / 16)
    const count = 24
    client.pause()
    const sent = Buffer.concat(Array.from({ length: count }, () => frames(text)))
    await client.write(sent, everyPiece(sent.length, PIECE))
    client.end()
    await watch.settled()
    client.resume()
    const due = Buffer.concat(Array.from({ length: count }, () => answers(text)))
    const got = await client.readToEnd()
    if (got.length < due.length && got.equals(due.subarray(0, got.length))) {
      const message = 'the connection ended (FIN) before all of the answers had been sent'
      throw new Finding({ kind: 'ended early', message })
    }
    if (got.equals(due)) return
    const message = 'what came are not the answers to the frames'
    throw new Finding({ kind: 'wrong bytes', message, expected: due, got })
  },
)

test(
  'gives no answer to a frame that the FIN cut short',
  halfClose,
  async ({ student, connect, random }) => {
    const { address } = await start(student)
    const [whole, short] = [random.word(), random.word()]
    const sent = frames(whole, short)
    for (const missing of [1, short.length + 1]) {
      const client = await connect(address)
      await client.write(sent.subarray(0, -missing))
      client.end()
      await client.expect(answers(whole))
      await client.expectEnd()
    }
  },
)

test(
  'goes on after a client reset its connection',
  errors,
  async ({ student, connect, random, watch }) => {
    const { address } = await start(student)
    const rude = await connect(address)
    await rude.write(frames('never mind').subarray(0, -2))
    await watch.settled()
    rude.reset()
    await watch.settled()
    const client = await connect(address)
    const word = random.word()
    await client.write(frames(word))
    await client.expect(answers(word))
  },
)

test('rejects with EADDRINUSE when the port is taken', errors, async ({ student, listen }) => {
  const { address } = await listen()
  const error = await rejection(student.call(START, address), 'EADDRINUSE was due')
  same(error.code, 'EADDRINUSE', "the error's code")
})
