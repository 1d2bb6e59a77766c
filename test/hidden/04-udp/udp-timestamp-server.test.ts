import { setTimeout as delay } from 'node:timers/promises'
import { type Endpoint, Finding, rejection, same, test } from '../../harness/index.ts'

const datagrams = { meta: { points: 2, lesson: 'Datagrams, not a stream' } }
const askers = { meta: { points: 1, lesson: 'Answering whoever asked' } }
const sizes = { meta: { points: 1, lesson: 'How large a datagram can be' } }
const errors = { meta: { points: 1, lesson: 'Errors arrive as events' } }
const sharing = { meta: { points: 1, lesson: 'Two servers on one port' } }

const START = 'startUdpTimestampServer'
const LOCAL = { host: '127.0.0.1', port: 0 }
/** `[2026-01-31T12:34:56.789Z] ` */
const HEAD = /^\[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\] $/
const HEAD_BYTES = 27
/** The longest datagram over IPv4, in bytes. */
const LARGEST = 65_507
/** How far apart two clocks of one machine may be that are read in different ways, in milliseconds. */
const SLACK_MS = 50

type Peer = { receive(): Promise<{ bytes: Buffer; from: Endpoint }> }
type Answer = { time: string; data: Buffer }

/** The next answer, which must come from `by` and begin with `[TIME] `. */
async function receive(peer: Peer, by: Endpoint): Promise<Answer> {
  const { bytes, from } = await peer.receive()
  same(from, by, 'the address that the answer came from')
  const head = bytes.subarray(0, HEAD_BYTES).toString('latin1')
  const time = HEAD.exec(head)?.[1]
  if (time !== undefined) return { time, data: bytes.subarray(HEAD_BYTES) }
  const message = 'the answer does not begin with the time in brackets and a space'
  throw new Finding({ kind: 'wrong bytes', message, got: bytes })
}

/** Fails unless the next datagram comes from `by` and is `[TIME] ` and `data`. */
async function expectStamped(peer: Peer, by: Endpoint, data: string | Uint8Array): Promise<Answer> {
  const answer = await receive(peer, by)
  const due = Buffer.from(data)
  if (answer.data.equals(due)) return answer
  throw new Finding({
    kind: 'wrong bytes',
    message: 'what follows the time in the answer is not what the datagram held',
    expected: due,
    got: answer.data,
  })
}

test(
  'answers with the time in brackets, a space and the data',
  datagrams,
  async ({ student, udp, random }) => {
    const server = await student.start(START, LOCAL)
    const client = await udp()
    const word = random.word()
    await client.send(word, server.address)
    await expectStamped(client, server.address, word)
  },
)

test(
  'takes the time when the datagram comes',
  datagrams,
  async ({ student, udp, watch, random }) => {
    const server = await student.start(START, LOCAL)
    const client = await udp()
    // Until a time of the start is too old.
    await watch.busy(() => delay(3 * SLACK_MS))
    const word = random.word()
    const before = Date.now()
    await client.send(word, server.address)
    const time = Date.parse((await expectStamped(client, server.address, word)).time)
    const isDue = before - SLACK_MS <= time && time <= Date.now() + SLACK_MS
    if (isDue) return
    throw new Finding({
      kind: 'wrong value',
      message: `the time in the answer lies ${time < before ? 'before the datagram came' : 'in the future'}`,
      expected: new Date(before).toISOString(),
      got: new Date(time).toISOString(),
    })
  },
)

test('returns every byte, text or not', datagrams, async ({ student, udp, random }) => {
  const server = await student.start(START, LOCAL)
  const client = await udp()
  const bytes = Uint8Array.from(random.shuffle(Array.from({ length: 256 }, (_, i) => i)))
  await client.send(bytes, server.address)
  await expectStamped(client, server.address, bytes)
})

test('answers an empty datagram with the time alone', datagrams, async ({ student, udp }) => {
  const server = await student.start(START, LOCAL)
  const client = await udp()
  await client.send('', server.address)
  await expectStamped(client, server.address, '')
})

test('answers each datagram by itself', datagrams, async ({ student, udp, watch, random }) => {
  const server = await student.start(START, LOCAL)
  const client = await udp()
  const words = [random.word(), `${random.word()}\n`, random.word()]
  for (const word of words) await client.send(word, server.address)
  // Nothing orders answers to different datagrams.
  const came: string[] = []
  for (const _ of words) came.push((await receive(client, server.address)).data.toString())
  same(came.sort(), words.sort(), 'the sorted data of the answers')
  await watch.settled()
  client.expectSilence('each datagram is answered once')
})

test(
  'answers each sender at its own address and port',
  askers,
  async ({ student, udp, watch, random }) => {
    const server = await student.start(START, LOCAL)
    const [one, two] = [await udp(), await udp()]
    for (const sender of [one, two, ...random.shuffle([one, two])]) {
      const word = random.word()
      await sender.send(word, server.address)
      await expectStamped(sender, server.address, word)
    }
    await watch.settled()
    for (const sender of [one, two]) sender.expectSilence('an answer goes to its sender alone')
  },
)

test('returns a large datagram whole', sizes, async ({ student, udp, random }) => {
  const server = await student.start(START, LOCAL)
  const client = await udp()
  for (const length of [1_025, 4_097, 9_000]) {
    const data = random.word(length)
    await client.send(data, server.address)
    await expectStamped(client, server.address, data)
  }
})

test(
  'answers 65,480 bytes with the longest datagram there is',
  sizes,
  async ({ student, udp, random, skip }) => {
    skip(process.platform === 'darwin', 'macOS sends no datagram over 9,216 bytes by default')
    const server = await student.start(START, LOCAL)
    const client = await udp()
    const data = random.bytes(LARGEST - HEAD_BYTES)
    await client.send(data, server.address)
    await expectStamped(client, server.address, data)
  },
)

test('gives no answer that would be too long, and goes on', {
  meta: { points: 2, lesson: 'How large a datagram can be' },
}, async ({ student, udp, watch, random, skip }) => {
  skip(process.platform === 'darwin', 'macOS sends no datagram over 9,216 bytes by default')
  const server = await student.start(START, LOCAL)
  const client = await udp()
  for (const length of [LARGEST - HEAD_BYTES + 1, LARGEST]) {
    await client.send(random.word(8).repeat(9_000).slice(0, length), server.address)
    await watch.settled()
    client.expectSilence('the answer would be longer than 65,507 bytes, so there is none')
    const word = random.word()
    await client.send(word, server.address)
    await expectStamped(client, server.address, word)
  }
})

test('answers on IPv6', errors, async ({ student, udp, random }) => {
  const server = await student.start(START, { host: '::1', port: 0 })
  const client = await udp('::1')
  const word = random.word()
  await client.send(word, server.address)
  await expectStamped(client, server.address, word)
})

test(
  'takes any free port for port 0, and rejects with EADDRINUSE where one is taken',
  sharing,
  async ({ student, udp }) => {
    const first = await student.start(START, LOCAL)
    await student.start(START, LOCAL)
    const again = student.call(START, first.address)
    const error = await rejection(again, 'EADDRINUSE was due: the first server has the port')
    same(error.code, 'EADDRINUSE', "the error's code")
    const other = student.call(START, (await udp()).address)
    const otherError = await rejection(other, 'EADDRINUSE was due: the port is taken')
    same(otherError.code, 'EADDRINUSE', "the error's code")
  },
)
