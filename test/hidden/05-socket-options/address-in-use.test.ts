import { setTimeout as delay } from 'node:timers/promises'
import {
  type Endpoint,
  Finding,
  rejection,
  type Server,
  type Student,
  StudentError,
  same,
  test,
} from '../../harness/index.ts'

type Patience = { tries: number; waitMs: number }

const LOCAL = { host: '127.0.0.1', port: 0 }
const START = 'listenPatiently'
const ONCE: Patience = { tries: 1, waitMs: 0 }
/** A wait that no test lives to see the end of. */
const FAR_MS = 100_000
/** How long somebody else holds the port. */
const HELD_MS = 150
/** An address that belongs to no machine (RFC 5737). */
const NOBODYS = { host: '192.0.2.1', port: 0 }

const tries = (points: number) => ({ meta: { points, lesson: 'A port that is taken' } })
const reuse = { meta: { points: 2, lesson: 'SO_REUSEADDR and TIME_WAIT' } }
const events = { meta: { points: 1, lesson: 'Errors arrive as events' } }

/** A server. `taken` says what is wrong with EADDRINUSE where nobody listens any more. */
async function begin(
  student: Student,
  at: Endpoint,
  patience: Patience,
  taken?: string,
): Promise<Server> {
  try {
    return await student.start(START, at, patience)
  } catch (error) {
    if (!(error instanceof StudentError)) throw error
    if (taken && error.code === 'EADDRINUSE')
      throw new Finding({ kind: 'wrong value', message: taken })
    throw new Finding({ kind: error.how, message: `${START} ${error.how}: ${error.message}` })
  }
}

/** Calls it where somebody listens for good: EADDRINUSE is due. `took` is in milliseconds. */
async function refused(
  student: Student,
  at: Endpoint,
  patience: Patience,
): Promise<{ error: StudentError; took: number }> {
  // A program that cannot listen at all shows nothing of how it takes a port that is taken.
  await begin(student, LOCAL, ONCE)
  const began = performance.now()
  const call = student.call(START, at, patience).then(() => 'a server')
  const error = await rejection(call, 'EADDRINUSE was due: somebody listens at this port')
  if (error.code === 'EADDRINUSE') return { error, took: performance.now() - began }
  const message = `EADDRINUSE was due, and it ${error.how} with ${error.code ?? 'no code'}: ${error.message}`
  throw new Finding({ kind: 'wrong value', message })
}

test('sends each client FIN at once', tries(1), async ({ student, connect }) => {
  const server = await begin(student, LOCAL, ONCE)
  for (const client of [await connect(server.address), await connect(server.address)]) {
    await client.expectEnd()
  }
})

test(
  'listens once the port has become free',
  tries(2),
  async ({ student, listen, connect, watch }) => {
    const holder = await listen()
    const { address } = holder
    const gaveUp = 'it gave up with EADDRINUSE, although most of its tries were left'
    const started = begin(student, address, { tries: 1_000_000, waitMs: 20 }, gaveUp)
    started.catch(() => {})
    // Long enough for a few attempts that fail; a program that makes fewer meanwhile is as right.
    await watch.busy(() => delay(HELD_MS))
    holder.close()
    await started
    await (await connect(address)).expectEnd()
  },
)

test(
  'rejects with EADDRINUSE and the port when the port stays taken',
  tries(2),
  async ({ student, listen }) => {
    const { address } = await listen()
    const { error } = await refused(student, address, { tries: 3, waitMs: 10 })
    if (error.message.includes(String(address.port))) return
    const message = "the error's message does not name the port"
    throw new Finding({ kind: 'wrong value', message, got: error.message })
  },
)

test('waits waitMs between two attempts', tries(1), async ({ student, listen }) => {
  const { address } = await listen()
  const { took } = await refused(student, address, { tries: 3, waitMs: 250 })
  // Two waits are due; one that is missing is the next test's business.
  if (took >= 240) return
  const message = 'three attempts with 250 ms between them were over in less than 240 ms'
  throw new Finding({ kind: 'wrong value', message })
})

test('makes as many attempts as it was told', tries(1), async ({ student, listen }) => {
  const { address } = await listen()
  const { took } = await refused(student, address, { tries: 3, waitMs: 300 })
  // Each of the two waits may end a millisecond early, or a few where clocks are coarse.
  if (took >= 2 * 290) return
  const message = 'three attempts with 300 ms between them were over in less than 600 ms'
  throw new Finding({ kind: 'wrong value', message })
})

test('makes no more attempts than it was told', tries(1), async ({ student, listen }) => {
  const { address } = await listen()
  await refused(student, address, { tries: 1, waitMs: FAR_MS })
})

test(
  'rejects at once when the address is not one of this machine',
  tries(1),
  async ({ student }) => {
    const call = student.call(START, NOBODYS, { tries: 2, waitMs: FAR_MS })
    const error = await rejection(call, 'EADDRNOTAVAIL was due')
    same(error.code, 'EADDRNOTAVAIL', "the error's code")
  },
)

test(
  'listens at once where connections are in TIME_WAIT',
  reuse,
  async ({ student, connect, watch }) => {
    const first = await begin(student, LOCAL, ONCE)
    for (const client of [await connect(first.address), await connect(first.address)]) {
      // The server ends first: TIME_WAIT is at its end then, and bears its port.
      await client.expectEnd()
      client.end()
    }
    await watch.settled()
    await first.close()
    const inTheWay = 'EADDRINUSE came, but nobody listens: all connections are in TIME_WAIT'
    const again = await begin(student, first.address, { tries: 2, waitMs: 20 }, inTheWay)
    await (await connect(again.address)).expectEnd()
  },
)

test('does not share its port with a second server', reuse, async ({ student }) => {
  const first = await begin(student, LOCAL, ONCE)
  await refused(student, first.address, ONCE)
})

test('goes on after a client reset its connection', events, async ({ student, connect, watch }) => {
  const server = await begin(student, LOCAL, ONCE)
  const rude = await connect(server.address)
  await rude.expectEnd()
  rude.reset()
  await watch.settled()
  await (await connect(server.address)).expectEnd()
})

test(
  'is rid of a client that talked before it left',
  events,
  async ({ student, connect, random, watch }) => {
    const server = await begin(student, LOCAL, ONCE)
    const client = await connect(server.address)
    await client.expectEnd()
    await client.write(random.word())
    client.end()
    // A program may take its time over it, but not for ever.
    for (const until = performance.now() + 2000; ; ) {
      await watch.settled()
      const { resources } = await student.view()
      if (!resources.includes('TCPSocketWrap')) return
      if (performance.now() > until) break
    }
    const message = 'the client has sent FIN, but the server still keeps its socket'
    throw new Finding({ kind: 'still there', message, got: 'TCPSocketWrap' })
  },
)
