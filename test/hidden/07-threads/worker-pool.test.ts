import { hash } from 'node:crypto'
import {
  everyByte,
  expectThreads,
  Finding,
  type Peer,
  type Recorder,
  rejection,
  type Server,
  type Student,
  same,
  test,
} from '../../harness/index.ts'

const pool = (points: number) => ({ meta: { points, lesson: 'A pool of workers' } })
const waits = { meta: { points: 2, lesson: 'Work that computes, work that waits' } }
const dies = { meta: { points: 2, lesson: 'When a thread dies' } }
const ends = { meta: { points: 1, lesson: 'Everything must end' } }
const breaks = { meta: { points: 1, lesson: 'Errors arrive as events' } }

/** How many requests may wait. */
const MOST_WAITING = 1_000

function start(student: Student, threads: number): Promise<Server> {
  return student.start('startHashServer', { host: '127.0.0.1', port: 0 }, threads)
}

function digest(rounds: number, text: string): string {
  let last = hash('sha256', text, 'buffer')
  for (let round = 1; round < rounds; round++) last = hash('sha256', last, 'buffer')
  return last.toString('hex')
}

async function ask(client: Peer, rounds: number, text: string): Promise<void> {
  await client.write(`${rounds} ${text}\n`)
  await client.expect(`${digest(rounds, text)}\n`)
}

/**
 * Calls `attempt` with the rounds of a request that is long: it is to show something while `busy` of them are
 * at work, and returns whether it did. Where nothing is shown, perhaps because the machine was too slow for it,
 * the next request is longer, unless cores were to be had. A program that is wrong shows it never.
 */
async function whileComputing(
  { client, recorder, student, busy = 1 }: Around,
  attempt: (rounds: number) => Promise<boolean>,
): Promise<boolean> {
  const { length } = recorder.events
  const { rounds, latency } = await measured(client)
  // Where an answer takes long by itself (a thread is started for it, perhaps), others take longer too.
  const times = latency < 30 ? [1, 2, 4, 12] : [1, 4, 10, 30]
  for (const [i, more] of times.entries()) {
    recorder.rewind(length)
    const shareOf = student.watchCores()
    if (await attempt(more * rounds)) return true
    const share = shareOf(busy)
    if (i > 0 && share && share.waited < share.computed / 2) return false
  }
  return false
}

type Around = { client: Peer; recorder: Recorder; student: Student; busy?: number }

/**
 * The time of a short request in milliseconds, and the rounds of one that takes a tenth of a second or
 * more, however the program hashes.
 */
async function measured(client: Peer): Promise<{ rounds: number; latency: number }> {
  const fastest = async (rounds: number, tries: number) => {
    let least = Number.POSITIVE_INFINITY
    for (let i = 0; i < tries; i++) {
      const began = performance.now()
      await client.write(`${rounds} ${i}\n`)
      await client.readLine()
      least = Math.min(least, performance.now() - began)
    }
    return least
  }
  const latency = await fastest(1, 5)
  const computing = (await fastest(20_000, 2)) - latency
  return { rounds: computing < 300 ? 100_000 : 8_000, latency }
}

test(
  'answers with the digest, and hashes its 32 bytes again for each further round',
  pool(1),
  async ({ student, connect, random }) => {
    const client = await connect((await start(student, 2)).address)
    for (const rounds of [1, 2, random.int(3, 300)]) await ask(client, rounds, random.word())
  },
)

test(
  'finds the requests however they are cut into chunks',
  pool(1),
  async ({ student, connect, random }) => {
    const client = await connect((await start(student, 1)).address)
    const texts = [random.word(3), '你好', `${random.word(3)}\r`]
    const text = texts.map((text) => `1 ${text}\n`).join('')
    const due = texts.map((text) => `${digest(1, text)}\n`).join('')
    const length = Buffer.byteLength(text)
    for (const cuts of [[], everyByte(length), random.cuts(length)]) {
      await client.write(text, cuts)
      await client.expect(due)
    }
  },
)

test(
  'gives the replies of a connection in the order of its requests',
  pool(2),
  async ({ student, connect, random }) => {
    const client = await connect((await start(student, 2)).address)
    const { rounds } = await measured(client)
    // Two at once: afterwards both threads run.
    await client.write(`5000 ${random.word()}\n`.repeat(2))
    await readLines(client, 2)
    const words = [random.word(), random.word(), random.word()]
    const [first = '', ...others] = words
    await client.write(`${rounds} ${first}\n${others.map((word) => `1 ${word}\n`).join('')}`)
    const due = [digest(rounds, first), ...others.map((word) => digest(1, word))]
    await client.expect(due.map((line) => `${line}\n`).join(''))
  },
)

test(
  'says pong while every thread computes',
  waits,
  async ({ student, connect, random, watch, recorder }) => {
    const { address } = await start(student, 1)
    const other = await connect(address)
    await other.write('ping\n')
    await other.expect('pong\n')
    const isShown = await whileComputing({ client: other, recorder, student }, async (rounds) => {
      const busy = await connect(address)
      await busy.write(`${rounds} ${random.word()}\n`)
      await watch.turn()
      await other.write('ping\n')
      await other.expect('pong\n')
      const isComputing = busy.received.length === 0
      await busy.readLine()
      return isComputing
    })
    if (isShown) return
    const message = 'pong came only when the computation for another client was over'
    throw new Finding({ kind: 'wrong value', message })
  },
)

test(
  'gives a request to whichever thread is free',
  pool(2),
  async ({ student, connect, random, watch, recorder }) => {
    const { address } = await start(student, 3)
    const other = await connect(address)
    const isShown = await whileComputing(
      { client: other, recorder, student, busy: 2 },
      async (rounds) => {
        const [one, two] = [await connect(address), await connect(address)]
        await one.write(`${rounds} ${random.word()}\n`)
        await two.write(`${rounds} ${random.word()}\n`)
        await watch.turn()
        // All in one: on a slow machine four questions one after another would take four times as long.
        const words = [random.word(), random.word(), random.word(), random.word()]
        await other.write(words.map((word) => `1 ${word}\n`).join(''))
        await other.expect(words.map((word) => `${digest(1, word)}\n`).join(''))
        const areComputing = one.received.length === 0 && two.received.length === 0
        await one.readLine()
        await two.readLine()
        return areComputing
      },
    )
    if (isShown) return
    const message =
      'two of three threads were busy, and requests of another client waited until one of the two was done'
    throw new Finding({ kind: 'wrong value', message })
  },
)

test(
  'has as many threads at work as it was told, and never more',
  pool(2),
  async ({ student, connect, random, watch, recorder }) => {
    const threads = 3
    const { address } = await start(student, threads)
    const [one, two] = [await connect(address), await connect(address)]
    let most = 0
    await whileComputing({ client: one, recorder, student, busy: threads }, async (rounds) => {
      most = 0
      let isOver = false
      await one.write(`${rounds} ${random.word()}\n`.repeat(2))
      await two.write(`${rounds} ${random.word()}\n`.repeat(2))
      const answered = Promise.all([readLines(one, 2), readLines(two, 2)]).finally(() => {
        isOver = true
      })
      for (let look = 0; look < 40 && !isOver && most <= threads; look++) {
        most = Math.max(most, (await student.view()).threads)
        await watch.turn()
      }
      await answered
      // A program that has none by now will never have one.
      return most >= threads || most === 0
    })
    same(most, threads, 'the number of worker threads with two requests on each of two connections')
  },
)

async function readLines(client: Peer, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await client.readLine()
}

test(
  'answers BUSY in its place when 1,000 requests wait over all connections',
  pool(2),
  async ({ student, connect, random, watch, recorder }) => {
    const { address } = await start(student, 1)
    const other = await connect(address)
    const word = random.word()
    const isShown = await whileComputing({ client: other, recorder, student }, async (rounds) => {
      const [client, filler, edge] = [
        await connect(address),
        await connect(address),
        await connect(address),
      ]
      await client.write(`${rounds} ${word}\n`)
      await watch.turn()
      // A thousand replies in the transcript would help nobody.
      filler.pause()
      await filler.write(`1 ${word}\n`.repeat(MOST_WAITING - 10))
      await watch.turn()
      await edge.write(`1 ${word}\n`)
      await other.write('ping\n')
      await other.expect('pong\n')
      if (edge.received.toString() === 'BUSY\n') {
        const message = 'BUSY came while fewer than 1,000 requests waited'
        throw new Finding({ kind: 'too many bytes', message, conn: edge.conn })
      }
      await filler.write(`1 ${word}\n`.repeat(20))
      await watch.turn()
      await client.write(`1 ${word}\n`)
      await watch.turn()
      await other.write(`1 ${word}\n`)
      const isBusy = (await other.readLine()) === 'BUSY'
      const isComputing = !/[0-9a-f]{64}/.test(client.received.toString())
      if (isBusy && isComputing) {
        await client.expect(`${digest(rounds, word)}\nBUSY\n`)
        filler.resume()
        await watch.settled()
      }
      return isBusy && isComputing
    })
    if (isShown) return
    const message = 'a request was not answered BUSY, though 1,000 waited on other connections'
    throw new Finding({ kind: 'wrong value', message })
  },
)

test(
  'answers a request though its thread dies, and those that come later',
  dies,
  async ({ student, connect, random, watch, recorder }) => {
    const { address } = await start(student, 2)
    const other = await connect(address)
    await whileComputing({ client: other, recorder, student }, async (rounds) => {
      const client = await connect(address)
      const word = random.word()
      await client.write(`${rounds} ${word}\n`)
      await watch.turn()
      await student.endThreads()
      const wasComputing = client.received.length === 0
      await client.expect(`${digest(rounds, word)}\n`)
      for (let i = 0; i < 3; i++) await ask(other, 2, random.word())
      same((await student.view()).threads <= 2, true, 'whether there are at most two threads')
      return wasComputing
    })
  },
)

test(
  'takes all after the first space for the text, and answers ERR to what is no request',
  pool(1),
  async ({ student, connect, random }) => {
    const { address } = await start(student, 1)
    const word = random.word()
    const client = await connect(address)
    for (const text of [`${word} ${word}`, ` ${word} `, '']) await ask(client, 1, text)
    for (const line of ['', word, `${word} 1`, '12', `0 ${word}`, `-1 ${word}`, `1.5 ${word}`]) {
      const client = await connect(address)
      await client.write(`${line}\n`)
      const reply = await client.readLine()
      if (/^ERR ./.test(reply)) continue
      throw new Finding({
        kind: 'wrong value',
        message: `the answer to ${JSON.stringify(line)} is not ERR and a reason`,
        expected: 'ERR reason',
        got: reply,
        conn: client.conn,
      })
    }
    await ask(await connect(address), 1, word)
  },
)

test(
  'still answers a client that has half-closed',
  ends,
  async ({ student, connect, random, watch, recorder }) => {
    const { address } = await start(student, 1)
    const other = await connect(address)
    await whileComputing({ client: other, recorder, student }, async (rounds) => {
      const [busy, client] = [await connect(address), await connect(address)]
      await busy.write(`${rounds} ${random.word()}\n`)
      await watch.turn()
      const [one, two] = [random.word(), random.word()]
      await client.write(`20000 ${one}\n1 ${two}\n1 ${random.word()}`)
      client.end()
      await watch.turn()
      const isComputing = busy.received.length === 0
      await client.expect(`${digest(20_000, one)}\n${digest(1, two)}\n`)
      await client.expectEnd()
      return isComputing
    })
    await watch.settled()
  },
)

test(
  'survives a client that resets while its request is at work',
  breaks,
  async ({ student, connect, random, watch }) => {
    const { address } = await start(student, 1)
    const client = await connect(address)
    await ask(client, 1, random.word())
    await client.write(`30000 ${random.word()}\n1 ${random.word()}\n`)
    await watch.turn()
    client.reset()
    await watch.settled()
    await ask(await connect(address), 3, random.word())
  },
)

test(
  'serves a present client after close, and leaves no thread when it has left',
  ends,
  async ({ student, connect, random, watch }) => {
    const server = await start(student, 2)
    const client = await connect(server.address)
    await ask(client, 1, random.word())
    await server.close()
    await watch.settled()
    await ask(client, 2, random.word())
    client.end()
    await client.expectEnd()
    await expectThreads(
      student,
      watch,
      0,
      'when the server has closed and the last client has left',
    )
  },
)

test('rejects with EADDRINUSE when the port is taken', breaks, async ({ student, listen }) => {
  const { address } = await listen()
  const error = await rejection(student.call('startHashServer', address, 1), 'EADDRINUSE was due')
  same(error.code, 'EADDRINUSE', "the error's code")
})
