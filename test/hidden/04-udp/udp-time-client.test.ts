import {
  type Endpoint,
  Finding,
  rejection,
  type Student,
  StudentError,
  same,
  test,
  type Watch,
} from '../../harness/index.ts'

const datagrams = { meta: { points: 2, lesson: 'Datagrams, not a stream' } }
const numbers = { meta: { points: 1, lesson: 'Numbers in network byte order' } }
const senders = { meta: { points: 1, lesson: 'Who sent this' } }
const waits = { meta: { points: 2, lesson: 'Waiting for what may not come' } }
const closed = { meta: { points: 1, lesson: 'A port where nobody listens' } }
const errors = { meta: { points: 1, lesson: 'Errors arrive as events' } }

const ASK = 'askTime'
/** A wait whose end no test lives to see. */
const FAR_MS = 100_000
/** A wait that is over soon, where nothing comes anyway. */
const SOON_MS = 100

function fourBytes(seconds: number): Uint8Array {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(seconds)
  return bytes
}

/** Fails unless the message holds the number, as a number of its own. */
function expectLength(error: StudentError, length: number): void {
  if (new RegExp(`(^|\\D)${length}(\\D|$)`).test(error.message)) return
  const message = `the error's message does not name the length of the reply, ${length}`
  throw new Finding({ kind: 'wrong value', message, expected: `${length}`, got: error.message })
}

test(
  'sends one empty datagram and resolves with the time in the reply',
  datagrams,
  async ({ student, udp, watch, random }) => {
    const server = await udp()
    const seconds = random.int(1_600_000_000, 2_000_000_000)
    const asked = student.call(ASK, server.address, FAR_MS)
    const asker = await server.expect('')
    await watch.settled()
    server.expectSilence('one datagram asks for the time')
    await server.send(fourBytes(seconds), asker)
    same(await asked, seconds, 'the resolved time')
  },
)

test('reads the four bytes as big-endian', numbers, async ({ student, udp, random }) => {
  const server = await udp()
  const seconds = 0x01_02_03_00 + random.int(4, 100)
  const asked = student.call(ASK, server.address, FAR_MS)
  const { from } = await server.receive()
  await server.send(fourBytes(seconds), from)
  same(await asked, seconds, 'the resolved time')
})

test(
  'reads the four bytes as unsigned, as for a time after 2038',
  numbers,
  async ({ student, udp, random }) => {
    const server = await udp()
    for (const seconds of [0, 2 ** 31 + random.int(0, 1_000_000_000), 2 ** 32 - 1]) {
      const asked = student.call(ASK, server.address, FAR_MS)
      const { from } = await server.receive()
      await server.send(fourBytes(seconds), from)
      same(await asked, seconds, 'the resolved time')
    }
  },
)

for (const [title, lengths] of [
  ['rejects a reply of fewer than 4 bytes, and names its length', [3, 1]],
  ['rejects a reply of more than 4 bytes, and names its length', [5, 11]],
  ['rejects an empty reply, and names its length', [0]],
] as const) {
  test(title, senders, async ({ student, udp, watch, random }) => {
    const server = await udp()
    for (const length of lengths) {
      const asked = student.call(ASK, server.address, FAR_MS)
      const { from } = await server.receive()
      await server.send(random.bytes(length), from)
      await watch.settled()
      expectLength(await rejection(asked, `a reply of ${length} bytes had come`), length)
    }
  })
}

test('ignores a datagram from another port', senders, async ({ student, udp, random }) => {
  const [server, stranger] = [await udp(), await udp()]
  const asked = student.call(ASK, server.address, FAR_MS)
  const { from } = await server.receive()
  await stranger.send(fourBytes(random.int(1, 1_000)), from)
  await stranger.send(random.word(5), from)
  const seconds = random.int(1_600_000_000, 2_000_000_000)
  await server.send(fourBytes(seconds), from)
  same(await asked, seconds, 'the resolved time')
})

test('ignores a datagram from another address', senders, async ({ student, udp, random, skip }) => {
  skip(process.platform !== 'linux', 'only Linux has 127.0.0.2 set up')
  const [server, stranger] = await namesakes(udp)
  const asked = student.call(ASK, server.address, FAR_MS)
  const { from } = await server.receive()
  await stranger.send(fourBytes(random.int(1, 1_000)), from)
  const seconds = random.int(1_600_000_000, 2_000_000_000)
  await server.send(fourBytes(seconds), from)
  same(await asked, seconds, 'the resolved time')
})

test('gives up with ETIMEDOUT when no reply comes', waits, async ({ student, udp }) => {
  const server = await udp()
  const began = performance.now()
  const asked = student.call(ASK, server.address, SOON_MS)
  await server.lose()
  const error = await rejection(asked, 'no reply had come within timeoutMs')
  same(error.code, 'ETIMEDOUT', "the error's code")
  const isEarly = performance.now() - began < SOON_MS / 2
  same(isEarly, false, 'whether it gave up before half of timeoutMs had passed')
})

test(
  'rejects with ECONNREFUSED when nobody listens',
  closed,
  async ({ student, closedUdpPort }) => {
    const asked = student.call(ASK, await closedUdpPort(), FAR_MS)
    const error = await rejection(asked, 'ECONNREFUSED was due')
    same(error.code, 'ECONNREFUSED', "the error's code")
  },
)

test('asks on IPv6', errors, async ({ student, udp, random }) => {
  const server = await udp('::1')
  const seconds = random.int(1_600_000_000, 2_000_000_000)
  const asked = student.call(ASK, server.address, FAR_MS)
  const asker = await server.expect('')
  await server.send(fourBytes(seconds), asker)
  same(await asked, seconds, 'the resolved time')
})

test(
  'closes its socket, however the call ends',
  waits,
  async ({ student, udp, watch, closedUdpPort, random }) => {
    const server = await udp()
    for (const length of [4, 3]) {
      const asked = student.call(ASK, server.address, FAR_MS)
      const { from } = await server.receive()
      await server.send(random.bytes(length), from)
      await settled(asked)
      await expectNoSocket(student, watch, `a reply of ${length} bytes has come`)
    }
    await settled(student.call(ASK, server.address, SOON_MS))
    await expectNoSocket(student, watch, 'the wait is over')
    await settled(student.call(ASK, await closedUdpPort(), SOON_MS))
    await expectNoSocket(student, watch, 'the port is closed')
  },
)

/** Waits for the call to settle, in the one way or the other. */
async function settled(call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof StudentError)) throw error
  }
}

async function expectNoSocket(student: Student, watch: Watch, why: string): Promise<void> {
  // A program that closes a little later is right too: it gets several looks.
  for (let look = 0; look < 10; look++) {
    await watch.settled()
    const { resources } = await student.view()
    if (!resources.some((resource) => resource.startsWith('UDP'))) return
  }
  const message = `${why}, and the UDP socket is still open`
  throw new Finding({ kind: 'still there', message })
}

/** Two sockets with the same port, at 127.0.0.1 and 127.0.0.2. */
async function namesakes<Peer extends { address: Endpoint }>(
  udp: (host?: string, port?: number) => Promise<Peer>,
): Promise<[Peer, Peer]> {
  for (let attempt = 0; ; attempt++) {
    const first = await udp()
    try {
      return [first, await udp('127.0.0.2', first.address.port)]
    } catch (error) {
      // Somebody has that port at 127.0.0.2.
      if (attempt === 9) throw error
    }
  }
}
