import {
  eventually,
  Finding,
  type Peer,
  rejection,
  repeated,
  type Server,
  type Student,
  same,
  test,
} from '../../harness/index.ts'

const MIB = 1024 * 1024
const PERIOD = 251
/** Byte i is i mod 251. */
const pattern = repeated(Uint8Array.from({ length: 260 * PERIOD }, (_, i) => i % PERIOD))

const writes = (points: number) => ({ meta: { points, lesson: 'What write() really does' } })
const lines = { meta: { points: 1, lesson: 'Where messages end' } }
const halfClose = (points: number) => ({
  meta: { points, lesson: 'Half-close: answers still owed' },
})
const clients = { meta: { points: 1, lesson: 'State belongs to a connection' } }
const errors = { meta: { points: 1, lesson: 'Errors arrive as events' } }

function start(student: Student): Promise<Server> {
  return student.start('startPatternServer', { host: '127.0.0.1', port: 0 })
}

/** The client gets this much of the pattern, and then FIN. */
async function expectPattern(client: Peer, count: number): Promise<void> {
  await client.expect(pattern(0, count))
  await client.expectEnd()
}

/** The same for so much that it is not held. */
async function expectLongPattern(client: Peer, count: number): Promise<void> {
  await client.expectStream(pattern, count)
  await client.expectEnd()
}

test(
  'sends as many bytes as were asked for, then FIN',
  writes(1),
  async ({ student, connect, random }) => {
    const { address } = await start(student)
    for (const count of [5, 0, 1, PERIOD - 1, PERIOD, PERIOD + 1, random.int(1_000, 30_000)]) {
      const client = await connect(address)
      await client.write(`${count}\n`)
      await expectPattern(client, count)
      client.end()
    }
  },
)

test(
  'reads the count however it is cut into segments',
  lines,
  async ({ student, connect, random, everyCut }) => {
    const { address } = await start(student)
    const count = random.int(1_000, 2_000)
    const line = `${count}\n`
    await everyCut(line.length, async (cuts) => {
      const client = await connect(address)
      await client.write(line, cuts)
      await expectPattern(client, count)
      client.end()
    })
  },
)

test(
  'sends half a million bytes, none missing and none twice',
  writes(1),
  async ({ student, connect, random }) => {
    const client = await connect((await start(student)).address)
    const count = random.int(400_000, 500_000)
    await client.write(`${count}\n`)
    await expectLongPattern(client, count)
  },
)

test(
  'goes on where a client that stopped reading reads on',
  writes(3),
  async ({ student, connect, random, watch }) => {
    const client = await connect((await start(student)).address)
    const count = random.int(20_000_000, 21_000_000)
    client.pause()
    await client.write(`${count}\n`)
    await watch.settled()
    await expectLongPattern(client, count)
  },
)

test(
  'holds little in memory for clients that do not read',
  writes(3),
  async ({ freshStudent, connect, watch }) => {
    const { address } = await start(freshStudent)
    const [count, clients] = [60_000_000, 10]
    // All that is asked for is 600 MB; 10 MiB are allowed, and a program needs something for itself.
    await freshStudent.growsAtMost(200 * MIB, async () => {
      for (let i = 0; i < clients; i++) {
        const client = await connect(address)
        client.pause()
        await client.write(`${count}\n`)
      }
      await watch.settled()
    })
    const { queued } = await freshStudent.view()
    // One block, written again and again, takes no more memory each time, but its place in the queue does.
    if (queued > (count * clients) / 2) {
      throw new Finding({
        kind: 'too much memory',
        message: `all that the clients asked for was given to write(), though they read nothing`,
      })
    }
  },
)

test(
  'answers another client while one has stopped reading',
  clients,
  async ({ student, connect, random, watch }) => {
    const { address } = await start(student)
    const stopped = await connect(address)
    stopped.pause()
    await stopped.write('20000000\n')
    await watch.settled()
    const count = random.int(100, 1_000)
    const client = await connect(address)
    await client.write(`${count}\n`)
    await expectPattern(client, count)
  },
)

test(
  'sends everything to a client that half-closed and reads late',
  halfClose(2),
  async ({ student, connect, random, watch }) => {
    const client = await connect((await start(student)).address)
    const count = random.int(20_000_000, 21_000_000)
    client.pause()
    await client.write(`${count}\n`)
    client.end()
    await watch.settled()
    await expectLongPattern(client, count)
  },
)

test(
  'closes without a byte when the line holds anything but digits',
  lines,
  async ({ student, connect, random }) => {
    const { address } = await start(student)
    const number = random.int(100, 1_000)
    const bad = ['', random.word(), `-${number}`, `+${number}`, `${number}x`, `${number} `]
    for (const line of [...bad, ` ${number}`, `${number}.0`, '1e3', '0x10', `${number}\r`, '٣']) {
      const client = await connect(address)
      await client.write(`${line}\n`)
      await client.expectEnd()
      client.end()
    }
  },
)

test(
  'closes when FIN comes before the line is whole',
  halfClose(1),
  async ({ student, connect, random }) => {
    const { address } = await start(student)
    for (const unended of ['', `${random.int(100, 1_000)}`]) {
      const client = await connect(address)
      await client.write(unended)
      client.end()
      await client.expectEnd()
    }
  },
)

test(
  'ignores what follows the count, and lets go of a client that has left',
  halfClose(1),
  async ({ student, connect, random, watch }) => {
    const server = await start(student)
    const [count, other] = [random.int(100, 1_000), random.int(100, 1_000)]
    const client = await connect(server.address)
    await client.write(`${count}\n${other}\n${random.word()}`)
    await expectPattern(client, count)
    await client.write(`${other}\n`)
    client.end()
    await server.close()
    const isGone = await eventually(watch, async () => {
      const { resources } = await student.view()
      return !resources.some((name) => name.startsWith('TCP'))
    })
    if (isGone) return
    throw new Finding({
      kind: 'still there',
      message: 'the client has everything and has sent FIN, but the connection is still there',
    })
  },
)

test(
  'goes on after a client reset its connection',
  errors,
  async ({ student, connect, random, watch }) => {
    const { address } = await start(student)
    const rude = await connect(address)
    rude.pause()
    await rude.write('20000000\n')
    await watch.settled()
    rude.reset()
    await watch.settled()
    const count = random.int(100, 1_000)
    const client = await connect(address)
    await client.write(`${count}\n`)
    await expectPattern(client, count)
  },
)

test('rejects with EADDRINUSE when the port is taken', errors, async ({ student, listen }) => {
  const { address } = await listen()
  const error = await rejection(student.call('startPatternServer', address), 'EADDRINUSE was due')
  same(error.code, 'EADDRINUSE', "the error's code")
})
