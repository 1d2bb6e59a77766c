import { createHash } from 'node:crypto'
import {
  digest,
  Finding,
  type Peer,
  type Recorder,
  rejection,
  repeated,
  type Server,
  type Student,
  same,
  test,
} from '../../harness/index.ts'

const START = 'startPutServer'
const MIB = 1024 * 1024
const LARGEST = 64 * MIB

const sizes = { meta: { points: 2, lesson: 'Saying the length first' } }
const pieces = { meta: { points: 2, lesson: 'A stream has no messages' } }
const bytes = { meta: { points: 1, lesson: 'Bytes, not characters' } }
const pauses = { meta: { points: 1, lesson: 'A pause is not a boundary' } }
const clients = { meta: { points: 1, lesson: 'State belongs to a connection' } }
const commands = { meta: { points: 1, lesson: 'Where messages end' } }
const limits = { meta: { points: 1, lesson: 'A limit for everything' } }
const bodies = { meta: { points: 2, lesson: 'Reading a body as it comes' } }
const halfClose = { meta: { points: 1, lesson: 'Half-close: answers still owed' } }
const errors = { meta: { points: 1, lesson: 'Errors arrive as events' } }

function start(student: Student): Promise<Server> {
  return student.start(START, { host: '127.0.0.1', port: 0 })
}

/** A command with its body. */
function put(body: string | Uint8Array): Buffer {
  const raw = Buffer.from(body)
  return Buffer.concat([Buffer.from(`PUT ${raw.length}\n`), raw])
}

/** The answer to a body. */
function ok(body: string | Uint8Array): string {
  return `OK ${createHash('sha256').update(body).digest('hex')}\n`
}

/** Expects the end and nothing before it. An RST may come with the FIN. */
async function expectOver(client: Peer): Promise<void> {
  try {
    await client.expectEnd()
  } catch (error) {
    if (!(error instanceof Finding && error.finding.kind === 'reset')) throw error
  }
}

/** Expects a refusal, whatever its reason, then the end. */
async function expectRefusal(client: Peer): Promise<void> {
  await client.expect('ERR ')
  const reason = await client.readLine()
  same(reason.trim() !== '', true, 'whether a reason is given after "ERR "')
  await expectOver(client)
}

/** Does this for each of the texts; the transcript keeps only the last, which is the one that failed. */
async function forEach(
  texts: readonly string[],
  recorder: Recorder,
  work: (text: string) => Promise<void>,
): Promise<void> {
  const before = recorder.events.length
  for (const text of texts) {
    recorder.events.length = before
    await work(text)
  }
}

test(
  'answers each body, the empty one too, with its SHA-256',
  sizes,
  async ({ student, connect, random }) => {
    const client = await connect((await start(student)).address)
    const all = [random.word(), '', random.word(1), random.word(200), '', '你好']
    for (const body of all) {
      await client.write(put(body))
      await client.expect(ok(body))
    }
    client.end()
    await client.expectEnd()
  },
)

test(
  'answers the same however commands and bodies are cut into chunks',
  pieces,
  async ({ student, connect, random, everyCut }) => {
    const { address } = await start(student)
    const all = [random.word(3), '', random.word(12), random.word(1)]
    const sent = Buffer.concat([...all.map(put), Buffer.from('BYE\n')])
    await everyCut(sent.length, async (cuts) => {
      const client = await connect(address)
      await client.write(sent, cuts)
      await client.expect(all.map(ok).join(''))
      await client.expectEnd()
    })
  },
)

test(
  'takes newlines and commands inside a body for bytes of it',
  sizes,
  async ({ student, connect, random }) => {
    const client = await connect((await start(student)).address)
    for (const body of [`${random.word()}\n${random.word()}\n`, 'BYE\n', 'PUT 3\nabc', '\n']) {
      await client.write(put(body))
      await client.expect(ok(body))
    }
  },
)

test('hashes every byte as it came', bytes, async ({ student, connect, random }) => {
  const client = await connect((await start(student)).address)
  const all = Uint8Array.from({ length: 256 }, (_, i) => i)
  for (const body of [Buffer.concat([random.bytes(8), all]), Buffer.from('你好')]) {
    await client.write(put(body), random.cuts(put(body).length))
    await client.expect(ok(body))
  }
})

test(
  'waits for all of a body, however slowly it comes',
  pauses,
  async ({ student, connect, random, watch }) => {
    const client = await connect((await start(student)).address)
    const [begun, rest] = [random.word(), random.word(3)]
    const body = begun + rest
    await client.write(`PUT ${body.length}\n${begun}`)
    await watch.turn()
    await client.drip(rest, 250)
    await client.expect(ok(body))
  },
)

test(
  'keeps the bodies of two clients apart',
  clients,
  async ({ student, connect, random, watch }) => {
    const { address } = await start(student)
    const [one, two] = [await connect(address), await connect(address)]
    const [first, second] = [random.word(8), random.word(8)]
    for (const [from, to] of [
      [0, 4],
      [4, 9],
      [9, undefined],
    ] as const) {
      await one.write(put(first).subarray(from, to))
      await watch.turn()
      await two.write(put(second).subarray(from, to))
      await watch.turn()
    }
    await one.expect(ok(first))
    await two.expect(ok(second))
  },
)

const NO_COMMANDS = ['GET 5', 'PUT 5\r', 'BYE\r', 'put 5', 'PUT', ' PUT 5', 'PUT 5 ', 'BYE BYE', '']
const NO_SIZES = ['', ' 5', '-5', '+5', '0x5', '5e0', '5.0', 'five', '5 5', '5B']

test(
  'refuses a line that is no command, after earlier answers, and says no more',
  commands,
  async ({ student, connect, random, recorder }) => {
    const { address } = await start(student)
    const body = random.word()
    await forEach(NO_COMMANDS, recorder, async (line) => {
      const client = await connect(address)
      await client.write(Buffer.concat([put(body), Buffer.from(`${line}\n`), put('hello')]))
      await client.expect(ok(body))
      await expectRefusal(client)
    })
  },
)

test(
  'refuses a size that is not made of digits alone',
  commands,
  async ({ student, connect, recorder }) => {
    const { address } = await start(student)
    await forEach(NO_SIZES, recorder, async (size) => {
      const client = await connect(address)
      await client.write(`PUT ${size}\n`)
      await expectRefusal(client)
    })
  },
)

test(
  'refuses a body of more than 64 MiB before it comes, and takes one of 64 MiB',
  limits,
  async ({ student, connect, watch, recorder }) => {
    const { address } = await start(student)
    await forEach([`${LARGEST + 1}`, '99999999999999999999'], recorder, async (size) => {
      const client = await connect(address)
      await client.write(`PUT ${size}\n`)
      await expectRefusal(client)
    })
    const client = await connect(address)
    await client.write(`PUT ${LARGEST}\nhello`)
    await watch.settled()
    client.expectSilence('64 MiB are not too many, and the body has only begun')
  },
)

test(
  'refuses 1024 bytes of command without a newline, without waiting for one',
  limits,
  async ({ student, connect, random }) => {
    const client = await connect((await start(student)).address)
    const body = random.word()
    await client.write(put(body))
    await client.expect(ok(body))
    await client.write('x'.repeat(1_024))
    await expectRefusal(client)
  },
)

test(
  'never holds a body as a whole',
  bodies,
  async ({ freshStudent, connect, random, recorder }) => {
    const { address } = await start(freshStudent)
    const body = repeated(random.bytes(65_536))
    const clients = Array.from(
      { length: 48 },
      (_, i) => `client ${i + 1} of 48 begins a body of 64 MiB`,
    )
    await freshStudent.growsAtMost(128 * MIB, async () => {
      // 4 MiB from each of them: 192 MiB for a program that holds what came.
      await forEach(clients, recorder, async (text) => {
        recorder.add({ kind: 'note', way: 'in', conn: '', text })
        const client = await connect(address)
        await client.write(`PUT ${LARGEST}\n`)
        await client.stream(body, 4 * MIB)
      })
    })
  },
)

test(
  'needs no more work for one large body than for many small ones',
  bodies,
  async ({ freshStudent, connect, random, recorder, watch }) => {
    const { address } = await start(freshStudent)
    const body = repeated(Buffer.from(random.word(8).repeat(8_192)))
    const count = 20
    const work = async (times: number, size: number) => {
      const client = await connect(address)
      const before = (await freshStudent.view()).cpuMs
      for (let i = 0; i < times; i++) {
        await client.write(`PUT ${size}\n`)
        await client.stream(body, size)
        await client.expect(`OK ${digest('sha256', body, size)}\n`)
      }
      return (await freshStudent.view()).cpuMs - before
    }
    const before = recorder.events.length
    let message =
      'one body of 20 MiB took several times as much processor time as 20 bodies of 1 MiB'
    try {
      const small = await work(count, MIB)
      const large = await work(1, count * MIB)
      // As much is read and hashed. To join all that came, at every chunk, is twenty times as much work.
      if (large <= 5 * small + 250) return
    } catch (error) {
      if (!(error instanceof Finding)) throw error
      message = 'bodies of 1 MiB and of 20 MiB were not answered with their digests'
    }
    // What went over the wire depends on how the kernel cut it, and there is much of it.
    await watch.settled()
    recorder.events.length = before
    throw new Finding({ kind: 'wrong value', message })
  },
)

test(
  'answers what a client sent before its FIN, but not a body that the FIN cut short',
  halfClose,
  async ({ student, connect, random }) => {
    const { address } = await start(student)
    const [word, other] = [random.word(), random.word()]
    const whole = await connect(address)
    await whole.write(Buffer.concat([put(word), put(other)]))
    whole.end()
    await whole.expect(ok(word) + ok(other))
    await whole.expectEnd()
    const short = await connect(address)
    await short.write(put(word).subarray(0, -1))
    short.end()
    const got = await short.readToEnd()
    if (!got.toString().startsWith('OK')) return
    const message = 'a body that the FIN cut short was answered with OK'
    throw new Finding({ kind: 'too many bytes', message, expected: Buffer.alloc(0), got })
  },
)

test(
  'ends the connection at BYE and ignores what follows',
  commands,
  async ({ student, connect, random }) => {
    const { address } = await start(student)
    const body = random.word()
    const polite = await connect(address)
    await polite.write(put(body))
    await polite.expect(ok(body))
    await polite.write('BYE\n')
    await polite.expectEnd()
    const hasty = await connect(address)
    await hasty.write(
      Buffer.concat([put(body), Buffer.from('BYE\n'), put(body), Buffer.from('?\n')]),
    )
    await hasty.expect(ok(body))
    await expectOver(hasty)
  },
)

test(
  'goes on after a client reset its connection in mid-body',
  errors,
  async ({ student, connect, random, watch }) => {
    const { address } = await start(student)
    const rude = await connect(address)
    await rude.write('PUT 10\nnever mi')
    await watch.settled()
    rude.reset()
    await watch.settled()
    const client = await connect(address)
    const body = random.word()
    await client.write(put(body))
    await client.expect(ok(body))
  },
)

test('rejects with EADDRINUSE when the port is taken', errors, async ({ student, listen }) => {
  const { address } = await listen()
  const error = await rejection(student.call(START, address), 'EADDRINUSE was due')
  same(error.code, 'EADDRINUSE', "the error's code")
})
