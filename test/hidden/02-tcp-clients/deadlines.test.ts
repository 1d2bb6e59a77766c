import { Worker } from 'node:worker_threads'
import {
  type Endpoint,
  everyByte,
  expectNothingLeft,
  Finding,
  rejection,
  StudentError,
  same,
  test,
} from '../../harness/index.ts'

const ASK = 'askWithin'
/** A limit that no test lives to see. */
const FAR_MS = 60_000
const TIMER = /^Timeout$/
/** A limit that passes soon, where nothing comes anyway. */
const SOON_MS = 100
const NO_LIMITS = { idleMs: FAR_MS, totalMs: FAR_MS }

const asks = { meta: { points: 1, lesson: 'Reading to the end' } }
const deadlines = { meta: { points: 2, lesson: 'Deadlines' } }
const closes = { meta: { points: 1, lesson: 'Every path closes the socket' } }
const errors = { meta: { points: 1, lesson: 'When connecting fails' } }

/** Fails unless the error is a time-out that names this limit and not the other. */
function sameLimit(error: StudentError, limit: 'idle' | 'total'): void {
  same(error.code, 'ETIMEDOUT', "the error's code")
  const named = ['idle', 'total'].filter((word) => error.message.toLowerCase().includes(word))
  same(named.join(' and '), limit, "the limit that the error's message names")
}

test(
  'returns the whole reply of a server that answers in time',
  asks,
  async ({ student, listen, random }) => {
    const server = await listen()
    const [message, reply] = [`你好 ${random.word()}`, `${random.word()}\n${random.word()}\n`]
    const asked = student.call(ASK, server.address, message, NO_LIMITS)
    const client = await server.accept()
    await client.expect(message)
    await client.expectEnd()
    await client.write(reply, random.cuts(reply.length))
    client.end()
    same(await asked, reply, 'the resolved text')
  },
)

test(
  'keeps a character whole whose bytes come in two chunks',
  asks,
  async ({ student, listen, random }) => {
    const server = await listen()
    const reply = Buffer.from(`${random.word()}你好`)
    const asked = student.call(ASK, server.address, 'hello', NO_LIMITS)
    const client = await server.accept()
    await client.readToEnd()
    await client.write(reply, everyByte(reply.length))
    client.end()
    same(await asked, reply.toString(), 'the resolved text')
  },
)

test(
  'gives up after idleMs on a server that never says a word',
  deadlines,
  async ({ student, listen }) => {
    const server = await listen()
    const asked = student.call(ASK, server.address, 'hello', { idleMs: SOON_MS, totalMs: FAR_MS })
    sameLimit(await rejection(asked, 'nothing had come for idleMs'), 'idle')
  },
)

test(
  'gives up after idleMs on a server that falls silent in mid-reply',
  deadlines,
  async ({ student, listen, random }) => {
    const server = await listen()
    const asked = student.call(ASK, server.address, 'hello', { idleMs: 300, totalMs: FAR_MS })
    const client = await server.accept()
    await client.write(random.word())
    sameLimit(await rejection(asked, 'nothing more had come for idleMs'), 'idle')
  },
)

test(
  'waits for a server that drips for longer than idleMs',
  deadlines,
  async ({ student, listen, random }) => {
    const server = await listen()
    const reply = random.word(4)
    // A machine that stalls makes a right program give up too. One that stalls twice does not stall as long.
    for (const idleMs of [600, 3_000]) {
      const pauseMs = idleMs * 0.4
      const asked = student.call(ASK, server.address, 'hello', { idleMs, totalMs: FAR_MS })
      const client = await server.accept()
      await client.expect('hello')
      await client.drip(reply, pauseMs)
      client.end()
      const outcome = await asked.catch((error: unknown) => error)
      if (!(outcome instanceof Error)) return same(outcome, reply, 'the resolved text')
      if (!(outcome instanceof StudentError && outcome.code === 'ETIMEDOUT')) throw outcome
    }
    const message = `${ASK} gave up, though a byte came every 1200 ms and idleMs was 3000`
    throw new Finding({ kind: 'rejected', message })
  },
)

test(
  'gives up after totalMs on a server that drips without end',
  deadlines,
  async ({ student, listen, watch }) => {
    const server = await listen()
    const asked = student.call(ASK, server.address, 'hello', { idleMs: FAR_MS, totalMs: 200 })
    let isSettled = false
    const settle = () => {
      isSettled = true
    }
    asked.then(settle, settle)
    const client = await server.accept()
    await watch.busy(async () => {
      for (let dripped = 0; dripped < 25 && !isSettled; dripped++) {
        await client.drip('.', 20)
        // The drip goes at the program's pace: each byte waits until its event loop has gone round.
        await student.view()
      }
    })
    client.end()
    sameLimit(await rejection(asked, 'all of it had taken longer than totalMs'), 'total')
  },
)

// What a full queue does to a client is known for Linux; elsewhere the client may be refused.
test.runIf(process.platform === 'linux')(
  'gives up on a connection that is never made',
  deadlines,
  async ({ student, closing }) => {
    const full = new Worker(FULL, { eval: true })
    closing.add(async () => {
      await full.terminate()
    })
    const to = await new Promise<Endpoint>((resolve) => full.once('message', resolve))
    const asked = student.call(ASK, to, 'hello', { idleMs: SOON_MS, totalMs: FAR_MS })
    sameLimit(await rejection(asked, 'nothing had come for idleMs'), 'idle')
  },
)

test('drops the connection when it gives up', closes, async ({ student, listen, watch }) => {
  const server = await listen()
  const asked = student.call(ASK, server.address, 'hello', { idleMs: SOON_MS, totalMs: FAR_MS })
  sameLimit(await rejection(asked, 'nothing had come for idleMs'), 'idle')
  const message = 'the promise is settled, but the connection is still open'
  await expectNothingLeft(student, watch, message, /^TCP/)
})

test(
  'leaves no timer behind, whether the reply came or not',
  closes,
  async ({ student, listen, watch, random }) => {
    const server = await listen()
    const reply = random.word()
    const asked = student.call(ASK, server.address, 'hello', NO_LIMITS)
    const client = await server.accept()
    await client.write(reply)
    client.end()
    same(await asked, reply, 'the resolved text')
    const kept = 'the reply has come, but a timer is still running'
    await expectNothingLeft(student, watch, kept, TIMER)
    const silent = student.call(ASK, server.address, 'hello', { idleMs: SOON_MS, totalMs: FAR_MS })
    await rejection(silent, 'nothing had come for idleMs')
    const left = 'the promise is rejected, but a timer is still running'
    await expectNothingLeft(student, watch, left, TIMER)
  },
)

test('rejects with ECONNREFUSED when nobody listens', errors, async ({ student, closedPort }) => {
  const asked = student.call(ASK, await closedPort(), 'hello', NO_LIMITS)
  const error = await rejection(asked, 'ECONNREFUSED was due')
  same(error.code, 'ECONNREFUSED', "the error's code")
})

test(
  'rejects with ECONNRESET when the server resets the connection',
  errors,
  async ({ student, listen }) => {
    const server = await listen()
    const asked = student.call(ASK, server.address, 'hello', NO_LIMITS)
    const client = await server.accept()
    await client.readToEnd()
    await client.write('half an ans')
    client.reset()
    const error = await rejection(asked, 'ECONNRESET was due')
    same(error.code, 'ECONNRESET', "the error's code")
  },
)

/**
 * A listener in whose queue there is no room: the kernel drops the SYN of each further client. Its
 * thread is blocked before it could accept those that fill the queue (one more than the backlog).
 */
const FULL = `
const net = require('node:net')
const { parentPort } = require('node:worker_threads')
const server = net.createServer().listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => {
  const { port } = server.address()
  for (let i = 0; i < 3; i++) net.connect(port, '127.0.0.1').on('error', () => {})
  process.nextTick(() => {
    parentPort.postMessage({ host: '127.0.0.1', port })
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  })
})`
