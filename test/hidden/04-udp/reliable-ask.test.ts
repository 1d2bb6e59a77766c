import { setTimeout as delay } from 'node:timers/promises'
import {
  type Endpoint,
  Finding,
  faultPlan,
  rejection,
  type Student,
  StudentError,
  same,
  test,
  type Watch,
} from '../../harness/index.ts'

const datagrams = { meta: { points: 2, lesson: 'Datagrams, not a stream' } }
const waits = { meta: { points: 2, lesson: 'Waiting for what may not come' } }
const losses = { meta: { points: 2, lesson: 'Loss, repetition, reordering' } }
const senders = { meta: { points: 1, lesson: 'Who sent this' } }
const closed = { meta: { points: 1, lesson: 'A port where nobody listens' } }
const errors = { meta: { points: 1, lesson: 'Errors arrive as events' } }

const ASK = 'reliableAsk'
const ID_BYTES = 4
/** One send, and a wait whose end no test lives to see. */
const ONCE = { timeoutMs: 100_000, tries: 1 }
/** Waits that are over soon, and so many that ours can be late: only what is meant is lost. */
const PATIENT = { timeoutMs: 120, tries: 30 }

/** Datagrams to be ignored: so many, and the time between two of them in milliseconds. */
const DRIPS = 30
const DRIP_MS = 20

type Datagram = { bytes: Buffer; from: Endpoint }

/** The reply to a request: its id, then `text`. */
function reply(request: Uint8Array, text: string | Uint8Array): Buffer {
  return Buffer.concat([request.subarray(0, ID_BYTES), Buffer.from(text)])
}

/** Fails unless the call resolves with these bytes. */
async function resolvesWith(call: Promise<unknown>, due: string | Uint8Array): Promise<void> {
  const got = await call
  if (!(got instanceof Uint8Array)) {
    return same(got, Buffer.from(due), 'what the promise resolved with')
  }
  const expected = Buffer.from(due)
  const came = Buffer.from(got)
  if (came.equals(expected)) return
  const message = 'the promise did not resolve with what follows the id in the reply'
  throw new Finding({ kind: 'wrong value', message, expected, got: came })
}

/** Fails unless the datagram is 4 bytes of id and the payload. */
function expectRequest({ bytes }: Datagram, payload: Uint8Array): void {
  if (bytes.length !== ID_BYTES + payload.length) {
    const message = `the datagram has ${bytes.length} bytes; ${ID_BYTES} of id and ${payload.length} of payload were due`
    throw new Finding({ kind: 'wrong bytes', message, got: bytes })
  }
  if (bytes.subarray(ID_BYTES).equals(payload)) return
  const message = 'what follows the id is not the payload'
  throw new Finding({ kind: 'wrong bytes', message, expected: reply(bytes, payload), got: bytes })
}

test(
  'sends an id and the payload, and returns what follows the id in the reply',
  datagrams,
  async ({ student, udp, random }) => {
    for (const [payload, answer] of [
      [Buffer.from(random.word()), Buffer.from(random.word())],
      [Uint8Array.from([0xff, 0x00, 0x80, ...random.bytes(9)]), random.bytes(64)],
    ] as const) {
      const server = await udp()
      const asked = student.call(ASK, server.address, payload, { ...ONCE, tries: 3 })
      const request = await server.receive()
      expectRequest(request, payload)
      await server.send(reply(request.bytes, answer), request.from)
      await resolvesWith(asked, answer)
    }
  },
)

test(
  'takes an empty reply to an empty payload, and sends once while it waits',
  datagrams,
  async ({ student, udp, watch }) => {
    const server = await udp()
    const asked = student.call(ASK, server.address, new Uint8Array(), { ...ONCE, tries: 5 })
    const request = await server.receive()
    expectRequest(request, new Uint8Array())
    await watch.settled()
    server.expectSilence('timeoutMs has not passed, so nothing is due to be sent again')
    await server.send(reply(request.bytes, ''), request.from)
    await resolvesWith(asked, '')
  },
)

test('waits for the reply to its last send too', waits, async ({ student, udp, watch, random }) => {
  const server = await udp()
  const answer = random.word()
  const asked = student.call(ASK, server.address, Buffer.from(random.word()), ONCE)
  const request = await server.receive()
  await watch.settled()
  await server.send(reply(request.bytes, answer), request.from)
  await resolvesWith(asked, answer)
})

test(
  'sends the same datagram again when no reply comes',
  losses,
  async ({ student, udp, random }) => {
    const server = await udp()
    const answer = random.word()
    const asked = student.call(ASK, server.address, Buffer.from(random.word()), PATIENT)
    const first = await server.lose()
    const second = await server.lose()
    if (!second.bytes.equals(first.bytes)) {
      const message = 'what was sent again is not the same datagram'
      const [expected, got] = [first.bytes, second.bytes]
      throw new Finding({ kind: 'wrong bytes', message, expected, got })
    }
    // The reply to the first send, late: its id is still the right one.
    await server.send(reply(first.bytes, answer), first.from)
    await resolvesWith(asked, answer)
  },
)

test(
  'sends at most as often as tries says, then gives up with ETIMEDOUT',
  waits,
  async ({ student, udp, watch, random }) => {
    const server = await udp()
    const tries = random.int(2, 4)
    const payload = Buffer.from(random.word())
    // A machine that stalls may cost a right program a send. One that stalls twice does not stall as long.
    for (const timeoutMs of [60, 800]) {
      const asked = student.call(ASK, server.address, payload, { timeoutMs, tries })
      const error = await rejection(asked, 'no reply had come to the last send either')
      same(error.code, 'ETIMEDOUT', "the error's code")
      await watch.settled()
      const sends = await loseAll(server)
      if (sends < tries && timeoutMs < 800) continue
      return same(sends, tries, `the number of datagrams sent with tries: ${tries}`)
    }
  },
)

test(
  'is not kept waiting by datagrams that it ignores',
  waits,
  async ({ student, udp, watch, random }) => {
    const server = await udp()
    const answer = random.word()
    const options = { timeoutMs: (DRIPS * DRIP_MS) / 2, tries: 12 }
    const call = settling(student.call(ASK, server.address, Buffer.from(random.word()), options))
    const { bytes, from } = await server.receive()
    await server.send(stale(bytes), from)
    await watch.settled()
    await watch.busy(async () => {
      // Longer than the program waits, and at its pace: its event loop goes round each time.
      const until = performance.now() + 2 * DRIPS * DRIP_MS
      for (let i = 0; i < DRIPS && performance.now() < until; i++) {
        await server.send(stale(bytes), from)
        await student.view()
        await delay(DRIP_MS)
      }
    })
    if (isSilent(server) && !call.isSettled) {
      const message = `nothing was sent again for ${DRIPS * DRIP_MS} ms, though timeoutMs was ${options.timeoutMs}`
      throw new Finding({ kind: 'nothing came', message })
    }
    if (!call.isSettled) await server.send(reply((await server.receive()).bytes, answer), from)
    await resolvesWith(call.asked, answer)
  },
)

test('ignores a late reply to an earlier call', losses, async ({ student, udp, random }) => {
  const server = await udp()
  const [payload, old, answer] = [Buffer.from(random.word()), random.word(), random.word()]
  const first = student.call(ASK, server.address, payload, { timeoutMs: 50, tries: 1 })
  const earlier = await server.lose()
  await rejection(first, 'no reply had come')
  const asked = student.call(ASK, server.address, payload, ONCE)
  const request = await server.receive()
  await server.send(reply(earlier.bytes, old), request.from, 2)
  await server.send(reply(request.bytes, answer), request.from)
  await resolvesWith(asked, answer)
})

test('keeps calls apart that run side by side', losses, async ({ student, udp, watch, random }) => {
  const server = await udp()
  const calls = Array.from({ length: 3 }, (_, i) => ({
    payload: Buffer.from(`${i} ${random.word()}`),
    answer: random.word(),
  }))
  const asked = calls.map(({ payload }) => student.call(ASK, server.address, payload, ONCE))
  const requests: Datagram[] = []
  for (const _ of calls) requests.push(await server.receive())
  const ids = new Set(requests.map(({ bytes }) => bytes.toString('hex', 0, ID_BYTES)))
  same(ids.size, calls.length, 'the number of different ids')
  for (const { bytes, from } of random.shuffle(requests)) {
    const call = calls.find(({ payload }) => bytes.subarray(ID_BYTES).equals(payload))
    await server.send(reply(bytes, call?.answer ?? ''), from)
    await watch.settled()
  }
  await Promise.allSettled(asked)
  for (const [i, { answer }] of calls.entries())
    await resolvesWith(asked[i] as Promise<unknown>, answer)
})

test(
  'ignores datagrams of fewer than 4 bytes',
  senders,
  async ({ student, udp, watch, random }) => {
    const server = await udp()
    const answer = random.word()
    const asked = student.call(ASK, server.address, Buffer.from(random.word()), {
      ...ONCE,
      tries: 3,
    })
    const request = await server.receive()
    for (const length of [3, 0, 1, 2]) {
      await server.send(request.bytes.subarray(0, length), request.from)
    }
    await watch.settled()
    server.expectSilence('a datagram that is ignored gives no reason to send again')
    await server.send(reply(request.bytes, answer), request.from)
    await resolvesWith(asked, answer)
  },
)

test('ignores a stranger who knows the id', senders, async ({ student, udp, random }) => {
  const [server, stranger] = [await udp(), await udp()]
  const answer = random.word()
  const asked = student.call(ASK, server.address, Buffer.from(random.word()), ONCE)
  const request = await server.receive()
  await stranger.send(reply(request.bytes, random.word()), request.from)
  await server.send(reply(request.bytes, answer), request.from)
  await resolvesWith(asked, answer)
})

test(
  'finds its reply among all that a network may bring',
  losses,
  async ({ student, unreliable, random }) => {
    const server = await unreliable()
    const answer = random.word()
    const asked = student.call(ASK, server.address, Buffer.from(random.word()), PATIENT)
    const served = server.serve(faultPlan(random, 3), (request) => reply(request, answer), stale)
    served.catch(() => {})
    // A call that settles too early says more than the requests that it then does not send.
    await Promise.race([served, asked])
    await resolvesWith(asked, answer)
  },
)

test('counts a closed port as loss', closed, async ({ student, closedUdpPort, random }) => {
  const to = await closedUdpPort()
  const options = { timeoutMs: 60, tries: 2 }
  const asked = student.call(ASK, to, Buffer.from(random.word()), options)
  const error = await rejection(asked, 'nobody listens there')
  same(error.code, 'ETIMEDOUT', "the error's code")
})

test('asks on IPv6', errors, async ({ student, udp, random }) => {
  const server = await udp('::1')
  const [payload, answer] = [Buffer.from(random.word()), random.word()]
  const asked = student.call(ASK, server.address, payload, ONCE)
  const request = await server.receive()
  expectRequest(request, payload)
  await server.send(reply(request.bytes, answer), request.from)
  await resolvesWith(asked, answer)
})

test(
  'closes its socket, however the call ends',
  waits,
  async ({ student, udp, watch, closedUdpPort, random }) => {
    const server = await udp()
    const payload = Buffer.from(random.word())
    const asked = student.call(ASK, server.address, payload, ONCE)
    const request = await server.receive()
    await server.send(reply(request.bytes, ''), request.from)
    await asked
    await expectNoSocket(student, watch, 'the reply has come')
    const soon = { timeoutMs: 50, tries: 1 }
    await settled(student.call(ASK, server.address, payload, soon))
    await expectNoSocket(student, watch, 'the call has given up')
    await settled(student.call(ASK, await closedUdpPort(), payload, soon))
    await expectNoSocket(student, watch, 'the call has given up on a closed port')
  },
)

/** A call, and whether it has settled by now. */
function settling(asked: Promise<unknown>): { asked: Promise<unknown>; isSettled: boolean } {
  const call = { asked, isSettled: false }
  const settle = () => {
    call.isSettled = true
  }
  asked.then(settle, settle)
  return call
}

/** A reply to some other request: its id is another one in its last byte. */
function stale(request: Uint8Array): Uint8Array {
  const other = reply(request, 'old')
  other[ID_BYTES - 1] = (other[ID_BYTES - 1] ?? 0) ^ 0x80
  return other
}

type Queue = { expectSilence(why: string): void; lose(): Promise<Datagram> }

/** Whether nothing has come that nobody took. */
function isSilent(peer: Queue): boolean {
  try {
    peer.expectSilence('silence')
    return true
  } catch {
    return false
  }
}

/** Loses what has come, and resolves with how much it was. */
async function loseAll(peer: Queue): Promise<number> {
  let count = 0
  for (; !isSilent(peer); count++) await peer.lose()
  return count
}

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
