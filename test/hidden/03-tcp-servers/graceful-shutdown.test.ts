import {
  everyByte,
  Finding,
  type Peer,
  rejection,
  type Server,
  type Student,
  same,
  sameFields,
  test,
} from '../../harness/index.ts'

const lines = { meta: { points: 1, lesson: 'Chunks are not lines' } }
const door = (points: number) => ({ meta: { points, lesson: 'The door and the guests' } })
const breaks = { meta: { points: 1, lesson: 'When a client breaks off' } }
const taken = { meta: { points: 1, lesson: 'When the port is taken' } }

type Stopped = { finished: number; cut: number }

/** Longer than any test takes: nobody is cut. */
const LONG_MS = 60_000

function start(student: Student): Promise<Server> {
  return student.start('startStoppable', { host: '127.0.0.1', port: 0 })
}

/** Calls stop. The end of a test waits for it too: one that fails before leaves nothing half done. */
function stop(
  server: Server,
  graceMs: number,
  closing: Set<() => Promise<void> | void>,
): Promise<Stopped> {
  const stopped = server.call<Stopped>('stop', graceMs)
  const settled = stopped.then(
    () => {},
    () => {},
  )
  closing.add(() => settled)
  return stopped
}

async function echo(client: Peer, line: string): Promise<void> {
  await client.write(`${line}\n`)
  await client.expect(`${line}\n`)
}

/** Until the program has handled the calls made so far, and all that was due at once. */
async function called(watch: { turn(): Promise<void> }): Promise<void> {
  await watch.turn()
  await watch.turn()
}

async function leave(client: Peer): Promise<void> {
  client.end()
  await client.expectEnd()
}

test(
  'sends whole lines back, however they are cut, and nothing of an unended one',
  lines,
  async ({ student, connect, random }) => {
    const client = await connect((await start(student)).address)
    const text = ` ${random.word()} \n\n你好\n${random.word()}\r\n`
    const length = Buffer.byteLength(text)
    for (const cuts of [[], everyByte(length), random.cuts(length)]) {
      await client.write(text, cuts)
      await client.expect(text)
    }
    await client.write(`${text}${random.word()}`)
    client.end()
    await client.expect(text)
    await client.expectEnd()
  },
)

test(
  'refuses new connections from the call of stop',
  door(2),
  async ({ student, connect, watch, closing }) => {
    const server = await start(student)
    const present = await connect(server.address)
    await echo(present, 'here')
    const stopped = stop(server, LONG_MS, closing)
    await called(watch)
    const code = await connect(server.address).then(leave, refusal)
    await leave(present)
    await stopped
    if (code === undefined) {
      const message = 'a connection was accepted after stop had been called'
      throw new Finding({ kind: 'still there', message })
    }
    same(code, 'ECONNREFUSED', 'the error of a connection made after the call of stop')
  },
)

/** The code with which the system refused a connection. */
function refusal(error: unknown): string {
  if (error instanceof Finding && typeof error.finding.got === 'string') return error.finding.got
  throw error
}

test(
  'goes on serving present clients after stop',
  door(1),
  async ({ student, connect, random, watch, closing }) => {
    const server = await start(student)
    const [first, second] = [await connect(server.address), await connect(server.address)]
    await echo(first, random.word())
    await echo(second, random.word())
    const line = random.word()
    await second.write(line)
    stop(server, LONG_MS, closing)
    await called(watch)
    await echo(first, random.word())
    await leave(first)
    await second.write('!\n')
    await second.expect(`${line}!\n`)
    await leave(second)
  },
)

test(
  'resolves when the last client has left, no sooner and no later, and leaves no timer',
  door(2),
  async ({ student, connect, watch, closing }) => {
    const server = await start(student)
    const [first, last] = [await connect(server.address), await connect(server.address)]
    await echo(first, 'here')
    await echo(last, 'here')
    const stopped = stop(server, LONG_MS, closing)
    let early: Stopped | undefined
    stopped.then(
      (result) => {
        early = result
      },
      () => {},
    )
    await called(watch)
    await leave(first)
    await echo(last, 'here')
    if (early) {
      const message = 'the promise of stop resolved while a client was still connected'
      throw new Finding({ kind: 'resolved', message, got: JSON.stringify(early) })
    }
    await leave(last)
    await stopped
    await expectNoTimer(student)
  },
)

/** Looks a few times, because a program may clear its timer a turn of the event loop later. */
async function expectNoTimer(student: Student): Promise<void> {
  for (let look = 0; look < 20; look++) {
    const { resources } = await student.view()
    if (!resources.includes('Timeout')) return
  }
  throw new Finding({
    kind: 'still there',
    message: 'a timer is still running after stop has resolved',
  })
}

test('destroys whoever remains after the grace', door(2), async ({ student, connect, closing }) => {
  const server = await start(student)
  const client = await connect(server.address)
  await echo(client, 'here')
  const stopped = stop(server, 50, closing)
  // It never closes its own side, whatever comes.
  await client.expectGone()
  sameFields(await stopped, { finished: 0, cut: 1 }, 'the result of stop')
})

test(
  'counts those who left by themselves and those who were cut',
  door(2),
  async ({ student, connect, watch, closing }) => {
    const arrive = async (server: Server) => {
      const client = await connect(server.address)
      await echo(client, 'here')
      return client
    }

    const generous = await start(student)
    await leave(await arrive(generous))
    await called(watch)
    const [first, second, last] = [
      await arrive(generous),
      await arrive(generous),
      await arrive(generous),
    ]
    const allLeft = stop(generous, LONG_MS, closing)
    await called(watch)
    await leave(first)
    await leave(second)
    last.reset()
    const due = { finished: 3, cut: 0 }
    sameFields(await allLeft, due, 'the result of stop where all three left by themselves')

    // The one that leaves must be gone before the grace is over. Where the machine was too slow for
    // that, the result proves nothing: try again with a longer one.
    for (const graceMs of [500, 1_000, 2_000, 4_000, 4_000, 4_000]) {
      const server = await start(student)
      const [leaver, idle, other] = [
        await arrive(server),
        await arrive(server),
        await arrive(server),
      ]
      const before = performance.now()
      const stopped = stop(server, graceMs, closing)
      await called(watch)
      await leave(leaver)
      await called(watch)
      const isInTime = performance.now() - before < graceMs
      await idle.expectGone()
      await other.expectGone()
      const result = await stopped
      if (!isInTime) continue
      sameFields(
        result,
        { finished: 1, cut: 2 },
        'the result of stop where one of three left by itself',
      )
      return
    }
  },
)

test(
  'resolves at once when nobody is connected',
  door(1),
  async ({ student, connect, watch, closing }) => {
    const server = await start(student)
    const client = await connect(server.address)
    await echo(client, 'here')
    await leave(client)
    await called(watch)
    sameFields(await stop(server, LONG_MS, closing), { finished: 0, cut: 0 }, 'the result of stop')
  },
)

test(
  'gives a second stop the result of the first',
  door(1),
  async ({ student, connect, closing }) => {
    const [server, clock] = [await start(student), await start(student)]
    const [client, hand] = [await connect(server.address), await connect(clock.address)]
    await echo(client, 'here')
    await echo(hand, 'here')
    const first = stop(server, LONG_MS, closing)
    const second = stop(server, 0, closing)
    // Another server of the same program is the clock: its 50 ms are over after the 0 ms above.
    stop(clock, 50, closing)
    await hand.expectGone()
    await echo(client, 'still here')
    await leave(client)
    const due = { finished: 1, cut: 0 }
    sameFields(await first, due, 'the result of the first stop')
    sameFields(await second, due, 'the result of a second stop')
    sameFields(await stop(server, LONG_MS, closing), due, 'the result of a stop when all was over')
  },
)

test('survives a client that resets', breaks, async ({ student, connect, random, watch }) => {
  const server = await start(student)
  const [client, other] = [await connect(server.address), await connect(server.address)]
  await echo(client, random.word())
  client.reset()
  await watch.settled()
  await echo(other, random.word())
  await echo(await connect(server.address), random.word())
})

test('rejects with EADDRINUSE when the port is taken', taken, async ({ student, listen }) => {
  const { address } = await listen()
  const error = await rejection(student.call('startStoppable', address), 'EADDRINUSE was due')
  same(error.code, 'EADDRINUSE', "the error's code")
})
