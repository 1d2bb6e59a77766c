import { setTimeout as delay } from 'node:timers/promises'
import { type Endpoint, Finding, rejection, same, test } from '../../harness/index.ts'

const datagrams = { meta: { points: 2, lesson: 'Datagrams, not a stream' } }
const numbers = { meta: { points: 1, lesson: 'Numbers in network byte order' } }
const askers = { meta: { points: 1, lesson: 'Answering whoever asked' } }
const errors = { meta: { points: 1, lesson: 'Errors arrive as events' } }
const sharing = { meta: { points: 1, lesson: 'Two servers on one port' } }

const START = 'startTimeServer'
const LOCAL = { host: '127.0.0.1', port: 0 }
/** How far apart two clocks of one machine may be that are read in different ways, in milliseconds. */
const SLACK_MS = 50

type Peer = {
  send(data: string | Uint8Array, to: Endpoint): Promise<void>
  receive(): Promise<{ bytes: Buffer; from: Endpoint }>
}

/** By how much a time may be too early or too late, in milliseconds. */
type Slack = { early: number; late: number }
const ROUGHLY: Slack = { early: 30_000, late: 30_000 }

/** Asks, and fails unless the answer is the time. */
async function ask(
  peer: Peer,
  to: Endpoint,
  question: string | Uint8Array,
  slack = ROUGHLY,
): Promise<void> {
  const before = Date.now()
  await peer.send(question, to)
  await expectTime(peer, to, before, slack)
}

/** Fails unless the next datagram comes from `by` and holds a time between `before` and now. */
async function expectTime(peer: Peer, by: Endpoint, before: number, slack: Slack): Promise<void> {
  const { bytes, from } = await peer.receive()
  same(from, by, 'the address that the answer came from')
  if (bytes.length !== 4) {
    const message = `the answer has ${bytes.length} bytes; the time has 4`
    throw new Finding({ kind: 'wrong bytes', message, got: bytes })
  }
  const earliest = Math.floor((before - slack.early) / 1000)
  const latest = Math.floor((Date.now() + slack.late) / 1000)
  const isDue = (seconds: number) => earliest <= seconds && seconds <= latest
  const seconds = bytes.readUInt32BE()
  if (isDue(seconds)) return
  const message = isDue(bytes.readUInt32LE())
    ? 'read big-endian, the 4 bytes are not the time; read little-endian they are'
    : `the time in the answer ${seconds < earliest ? 'lies before the question came' : 'is still to come'}`
  const [expected, got] = [shown(before), shown(seconds * 1000)]
  throw new Finding({ kind: 'wrong value', message, expected, got })
}

function shown(ms: number): string {
  return new Date(ms).toISOString()
}

test('answers with the Unix time in 4 bytes, big-endian', {
  meta: { points: 2, lesson: 'Numbers in network byte order' },
}, async ({ student, udp, random }) => {
  const server = await student.start(START, LOCAL)
  await ask(await udp(), server.address, random.word())
})

test('answers an empty datagram', datagrams, async ({ student, udp }) => {
  const server = await student.start(START, LOCAL)
  await ask(await udp(), server.address, '')
})

test('answers whatever the datagram holds', datagrams, async ({ student, udp, random }) => {
  const server = await student.start(START, LOCAL)
  const client = await udp()
  for (const question of [`${random.word()}\n`, random.bytes(1), random.bytes(9_000)]) {
    await ask(client, server.address, question)
  }
})

test('takes the time when it is asked', numbers, async ({ student, udp, watch }) => {
  const server = await student.start(START, LOCAL)
  const client = await udp()
  const started = Math.floor(Date.now() / 1000)
  await watch.busy(() => until((second) => second > started))
  await ask(client, server.address, '', { ...ROUGHLY, early: SLACK_MS })
})

test('rounds the seconds down', numbers, async ({ student, udp, watch }) => {
  const server = await student.start(START, LOCAL)
  const client = await udp()
  // Only in the second half of a second, and only if it does not end meanwhile, can one tell.
  for (let attempt = 0; attempt < 5; attempt++) {
    await watch.busy(() => until((_, part) => part >= 600 && part < 900))
    const before = Date.now()
    await ask(client, server.address, '', { ...ROUGHLY, late: SLACK_MS })
    if (Math.floor(before / 1000) === Math.floor((Date.now() + SLACK_MS) / 1000)) return
  }
})

test('answers each of several datagrams', datagrams, async ({ student, udp, watch, random }) => {
  const server = await student.start(START, LOCAL)
  const client = await udp()
  const before = Date.now()
  const questions = Array.from({ length: random.int(3, 6) }, () => random.word())
  for (const question of questions) await client.send(question, server.address)
  for (const _ of questions) await expectTime(client, server.address, before, ROUGHLY)
  await watch.settled()
  client.expectSilence('each datagram is answered once')
})

test(
  'answers each asker at its own address and port',
  askers,
  async ({ student, udp, watch, random }) => {
    const server = await student.start(START, LOCAL)
    const [one, two] = [await udp(), await udp()]
    const askers = [one, two, ...random.shuffle([one, two])]
    for (const asker of askers) await ask(asker, server.address, random.word())
    await watch.settled()
    for (const asker of [one, two]) asker.expectSilence('an answer goes to its asker alone')
  },
)

test('answers on IPv6', errors, async ({ student, udp, random }) => {
  const server = await student.start(START, { host: '::1', port: 0 })
  await ask(await udp('::1'), server.address, random.word())
})

test('takes any free port for port 0', sharing, async ({ student, udp }) => {
  const client = await udp()
  const first = await student.start(START, LOCAL)
  const second = await student.start(START, LOCAL)
  await ask(client, first.address, '')
  await ask(client, second.address, '')
})

test('rejects with EADDRINUSE when the port is taken', errors, async ({ student, udp }) => {
  const taken = await udp()
  const started = student.call(START, taken.address)
  const error = await rejection(started, 'EADDRINUSE was due: the port is taken')
  same(error.code, 'EADDRINUSE', "the error's code")
})

test('refuses to share its port with a second server', sharing, async ({ student }) => {
  const first = await student.start(START, LOCAL)
  const second = student.call(START, first.address)
  const error = await rejection(second, 'EADDRINUSE was due: the first server has the port')
  same(error.code, 'EADDRINUSE', "the error's code")
})

/** Waits until the clock shows a second, and a part of it in milliseconds, that fit. */
async function until(fits: (second: number, part: number) => boolean): Promise<void> {
  for (;;) {
    const now = Date.now() - SLACK_MS
    if (fits(Math.floor(now / 1000), now % 1000)) return
    await delay(10)
  }
}
