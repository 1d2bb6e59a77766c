import {
  Finding,
  type Peer,
  rejection,
  type Server,
  type Student,
  StudentError,
  same,
  test,
} from '../../harness/index.ts'

const LOCAL = { host: '127.0.0.1', port: 0 }
const START = 'startTunedServer'
const PLAIN = { noDelay: false, keepAliveMs: 0 }

const echo = { meta: { points: 1, lesson: 'What an option is' } }
const noDelay = { meta: { points: 2, lesson: 'TCP_NODELAY and Nagle' } }
const keepAlive = { meta: { points: 2, lesson: 'SO_KEEPALIVE: is anybody still there' } }
const breaks = { meta: { points: 1, lesson: 'Errors arrive as events' } }
const taken = { meta: { points: 1, lesson: 'A port that is taken' } }

type Tuning = { noDelay: boolean; keepAliveMs: number }

/** A server; when there is none, that is the finding, whatever the test looks at. */
async function begin(student: Student, tuning: Tuning): Promise<Server> {
  try {
    return await student.start(START, LOCAL, tuning)
  } catch (error) {
    if (!(error instanceof StudentError)) throw error
    throw new Finding({ kind: error.how, message: `${START} ${error.how}: ${error.message}` })
  }
}

/** Has a word echoed: the program is through with whatever it does to a connection. */
async function talk(client: Peer, word: string): Promise<void> {
  await client.write(word)
  await client.expect(word)
}

/** A system may tell a flag that is on by any number but 0. */
async function sameFlag(
  student: Student,
  client: Peer,
  level: 'SOL_SOCKET' | 'IPPROTO_TCP',
  name: string,
  due: boolean,
): Promise<void> {
  const isOn = (await student.option(client, level, name)) !== 0
  if (isOn === due) return
  const [is, was] = isOn ? ['on', 'off'] : ['off', 'on']
  const message = `${name} of the accepted connection is ${is}, and ${was} was due`
  throw new Finding({ kind: 'wrong value', message })
}

async function sameDelay(student: Student, client: Peer, seconds: number): Promise<void> {
  const idle = await student.option(client, 'IPPROTO_TCP', 'TCP_KEEPIDLE')
  if (idle === seconds) return
  const message = `TCP_KEEPIDLE of the accepted connection is ${idle} seconds, and ${seconds} were due`
  throw new Finding({ kind: 'wrong value', message })
}

test('echoes every byte as it came', echo, async ({ student, connect, random }) => {
  const server = await begin(student, PLAIN)
  const client = await connect(server.address)
  const bytes = random.shuffle(Array.from({ length: 256 }, (_, i) => i))
  await client.write(Uint8Array.from(bytes), random.cuts(bytes.length))
  await client.expect(Uint8Array.from(bytes))
})

test('sets TCP_NODELAY when noDelay is true', noDelay, async ({ student, connect, random }) => {
  const server = await begin(student, { noDelay: true, keepAliveMs: 0 })
  const client = await connect(server.address)
  await talk(client, random.word())
  await sameFlag(student, client, 'IPPROTO_TCP', 'TCP_NODELAY', true)
})

test(
  'leaves TCP_NODELAY off when noDelay is false',
  noDelay,
  async ({ student, connect, random }) => {
    const server = await begin(student, PLAIN)
    const client = await connect(server.address)
    await talk(client, random.word())
    await sameFlag(student, client, 'IPPROTO_TCP', 'TCP_NODELAY', false)
  },
)

test('probes a silent peer after keepAliveMs', keepAlive, async ({ student, connect, random }) => {
  const seconds = random.int(100, 900)
  const server = await begin(student, { ...PLAIN, keepAliveMs: seconds * 1000 })
  const client = await connect(server.address)
  await talk(client, random.word())
  await sameDelay(student, client, seconds)
})

test('counts keepAliveMs in milliseconds', keepAlive, async ({ student, connect, random }) => {
  const server = await begin(student, { ...PLAIN, keepAliveMs: 7_200_000 })
  const client = await connect(server.address)
  await talk(client, random.word())
  await sameDelay(student, client, 7200)
})

test('switches keep-alive on', keepAlive, async ({ student, connect, random }) => {
  const server = await begin(student, { ...PLAIN, keepAliveMs: 30_000 })
  const client = await connect(server.address)
  await talk(client, random.word())
  await sameFlag(student, client, 'SOL_SOCKET', 'SO_KEEPALIVE', true)
})

test(
  'leaves keep-alive off when keepAliveMs is 0',
  keepAlive,
  async ({ student, connect, random }) => {
    const server = await begin(student, { noDelay: true, keepAliveMs: 0 })
    const client = await connect(server.address)
    await talk(client, random.word())
    await sameFlag(student, client, 'SOL_SOCKET', 'SO_KEEPALIVE', false)
  },
)

test(
  'has the options in place before the client speaks',
  keepAlive,
  async ({ student, connect, watch }) => {
    const server = await begin(student, { noDelay: true, keepAliveMs: 1000 })
    const client = await connect(server.address)
    await watch.settled()
    await sameFlag(student, client, 'SOL_SOCKET', 'SO_KEEPALIVE', true)
    await sameDelay(student, client, 1)
    await sameFlag(student, client, 'IPPROTO_TCP', 'TCP_NODELAY', true)
  },
)

test(
  'tunes every connection, not only the first',
  keepAlive,
  async ({ student, connect, random }) => {
    const server = await begin(student, { noDelay: true, keepAliveMs: 32_000_000 })
    const first = await connect(server.address)
    await talk(first, random.word())
    const second = await connect(server.address)
    await talk(second, random.word())
    for (const client of [first, second]) {
      await sameFlag(student, client, 'SOL_SOCKET', 'SO_KEEPALIVE', true)
      await sameDelay(student, client, 32_000)
      await sameFlag(student, client, 'IPPROTO_TCP', 'TCP_NODELAY', true)
    }
  },
)

test(
  'ends the connection after the client has ended it',
  breaks,
  async ({ student, connect, random }) => {
    const server = await begin(student, PLAIN)
    const client = await connect(server.address)
    await talk(client, random.word())
    client.end()
    await client.expectEnd()
  },
)

test(
  'goes on after a client reset its connection',
  breaks,
  async ({ student, connect, random, watch }) => {
    const server = await begin(student, PLAIN)
    const rude = await connect(server.address)
    await talk(rude, random.word())
    rude.reset()
    await watch.settled()
    await talk(await connect(server.address), random.word())
  },
)

test('rejects with EADDRINUSE when the port is taken', taken, async ({ student, listen }) => {
  const { address } = await listen()
  const error = await rejection(
    student.call(START, address, PLAIN).then(() => 'a server'),
    'EADDRINUSE was due: the port is taken',
  )
  same(error.code, 'EADDRINUSE', "the error's code")
})
