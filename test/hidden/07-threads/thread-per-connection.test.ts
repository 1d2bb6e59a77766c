import {
  eventually,
  everyByte,
  expectNothingLeft,
  expectThreads,
  Finding,
  type Peer,
  rejection,
  type Server,
  type Student,
  same,
  test,
} from '../../harness/index.ts'

const own = { meta: { points: 2, lesson: 'A socket in a thread of its own' } }
const lines = { meta: { points: 1, lesson: 'A socket in a thread of its own' } }
const handing = { meta: { points: 1, lesson: 'Handing a socket over' } }
const computes = (points: number) => ({
  meta: { points, lesson: 'Work that computes, work that waits' },
})
const dies = { meta: { points: 2, lesson: 'When a thread dies' } }
const ends = { meta: { points: 2, lesson: 'Everything must end' } }
const taken = { meta: { points: 1, lesson: 'Errors arrive as events' } }

// Threads are numbered from the start of a process: with a process for each test, feedback shows the same numbers.
function start(student: Student): Promise<Server> {
  return student.start('startThreadedServer', { host: '127.0.0.1', port: 0 })
}

/** Sends a line and returns the number of the thread that answered it. */
async function threadOf(client: Peer, line: string): Promise<string> {
  await client.write(`${line}\n`)
  const reply = await client.readLine()
  const [, id, text] = /^(\d+) (.*)$/s.exec(reply) ?? []
  if (id === undefined || text !== line) {
    throw new Finding({
      kind: 'wrong bytes',
      message: 'the reply is not a number, a space and the line',
      expected: `THREADID ${line}`,
      got: reply,
      conn: client.conn,
    })
  }
  if (id === '0') {
    const message = 'the line was answered by thread 0, and that is the main thread'
    throw new Finding({ kind: 'wrong value', message, got: reply, conn: client.conn })
  }
  return id
}

/** Sends a line to which the thread `id` must answer. */
async function echo(client: Peer, id: string, line: string): Promise<void> {
  await client.write(`${line}\n`)
  await client.expect(`${id} ${line}\n`)
}

test(
  'answers each line with the number of a thread and the line, byte for byte',
  lines,
  async ({ freshStudent: student, connect, random }) => {
    const client = await connect((await start(student)).address)
    const id = await threadOf(client, random.word())
    const texts = [random.word(), '', ` ${random.word()}  `, '你好', `${random.word()}\r`, '0']
    const text = texts.map((line) => `${line}\n`).join('')
    const due = texts.map((line) => `${id} ${line}\n`).join('')
    const length = Buffer.byteLength(text)
    for (const cuts of [[], everyByte(length), random.cuts(length)]) {
      await client.write(text, cuts)
      await client.expect(due)
    }
    await client.write(random.word())
    client.end()
    await client.expectEnd()
  },
)

test(
  'serves each connection in a thread of its own',
  own,
  async ({ freshStudent: student, connect, random, watch }) => {
    const { address } = await start(student)
    const clients: Peer[] = []
    const ids: string[] = []
    for (let i = 0; i < 3; i++) {
      const client = await connect(address)
      clients.push(client)
      ids.push(await threadOf(client, random.word()))
    }
    same(new Set(ids).size, 3, 'how many threads answered three connections')
    await expectThreads(student, watch, 3, 'with three connections')
    for (const [i, client] of clients.entries()) await echo(client, ids[i] ?? '', random.word())
  },
)

test(
  'answers a client that sent everything at once and has half-closed before its thread ran',
  handing,
  async ({ freshStudent: student, connect, random, watch }) => {
    const { address } = await start(student)
    const client = await connect(address)
    const [one, two] = [random.word(), random.word()]
    // The FIN goes out with the lines: no thread has started by then.
    const written = client.write(`${one}\n${two}\n${random.word()}`)
    client.end()
    await written
    const got = (await client.readToEnd()).toString()
    const id = /^(\d+) /.exec(got)?.[1] ?? 'THREADID'
    same(got, `${id} ${one}\n${id} ${two}\n`, 'all that came')
    await expectThreads(student, watch, 0, 'when the client has left')
  },
)

test(
  'answers what comes after a burn when the burn is over',
  computes(1),
  async ({ freshStudent: student, connect, random }) => {
    const client = await connect((await start(student)).address)
    const id = await threadOf(client, random.word())
    const [one, two] = [random.word(), random.word()]
    await client.write(`burn 60\n${one}\nburn 20\n${two}\n`)
    await client.expect(`burned 60\n${id} ${one}\nburned 20\n${id} ${two}\n`)
  },
)

test(
  'drops the client whose thread crashes, and nobody else',
  dies,
  async ({ freshStudent: student, connect, random, watch }) => {
    const { address } = await start(student)
    const [client, other] = [await connect(address), await connect(address)]
    await threadOf(client, random.word())
    const id = await threadOf(other, random.word())
    await client.write('crash\n')
    await client.expectGone()
    await watch.settled()
    await echo(other, id, random.word())
    await threadOf(await connect(address), random.word())
    await expectThreads(student, watch, 2, 'when one of three threads has crashed')
  },
)

test(
  'ends a thread with its connection, by FIN or by RST',
  ends,
  async ({ freshStudent: student, connect, random, watch }) => {
    const { address } = await start(student)
    const polite = await connect(address)
    await threadOf(polite, random.word())
    const rude = await connect(address)
    const stays = await connect(address)
    await threadOf(rude, random.word())
    const id = await threadOf(stays, random.word())
    polite.end()
    await polite.expectEnd()
    await expectThreads(student, watch, 2, 'when one of three clients has left with FIN')
    rude.reset()
    await expectThreads(student, watch, 1, 'when another client has left with RST')
    await echo(stays, id, random.word())
    stays.end()
    await stays.expectEnd()
    await expectThreads(student, watch, 0, 'when the last client has left')
    const isClosed = await eventually(watch, async () => {
      return !(await student.view()).resources.includes('TCPSocketWrap')
    })
    if (isClosed) return
    const message = 'every client has left, and the main thread still holds a socket open'
    throw new Finding({ kind: 'still there', message })
  },
)

test(
  'sends all replies after FIN to a client that reads late',
  handing,
  async ({ freshStudent: student, connect, random, watch }) => {
    const client = await connect((await start(student)).address)
    const id = await threadOf(client, random.word())
    const line = random.word(8).repeat(128 * 1024)
    const count = 8
    client.pause()
    await client.write(`${line}\n`.repeat(count))
    client.end()
    await watch.settled()
    client.resume()
    const got = await client.readToEnd()
    const due = Buffer.from(`${id} ${line}\n`.repeat(count))
    if (got.length < due.length && due.subarray(0, got.length).equals(got)) {
      throw new Finding({
        kind: 'ended early',
        message: 'the connection ended (FIN) before all of the replies had been sent',
      })
    }
    same(got.equals(due), true, 'whether what came are the replies')
  },
)

test(
  'lets the process end after close, though a client is connected and idle',
  ends,
  async ({ freshStudent: student, connect, random, watch }) => {
    const server = await start(student)
    const [gone, idle] = [await connect(server.address), await connect(server.address)]
    await threadOf(gone, random.word())
    await threadOf(idle, random.word())
    gone.end()
    await gone.expectEnd()
    await server.close()
    await expectNothingLeft(
      student,
      watch,
      'after close() an idle client or its thread still keeps the process alive',
    )
    idle.end()
    await expectThreads(student, watch, 0, 'when the last client has left too')
  },
)

test('rejects with EADDRINUSE when the port is taken', taken, async ({ student, listen }) => {
  const { address } = await listen()
  const error = await rejection(student.call('startThreadedServer', address), 'EADDRINUSE was due')
  same(error.code, 'EADDRINUSE', "the error's code")
})

// The last one: on a machine that is too slow for it, it makes more connections.
test(
  'keeps nobody waiting while one thread computes',
  computes(2),
  async ({ freshStudent: student, connect, random, watch }) => {
    const { address } = await start(student)
    // An answer that comes before `burned` proves it; where the machine was too slow for that, the
    // order proves nothing, so the burn gets longer. Who waits for the burn comes too late every time.
    for (const ms of [300, 900, 1_400]) {
      const [busy, other] = [await connect(address), await connect(address)]
      await threadOf(busy, random.word())
      const id = await threadOf(other, random.word())
      await busy.write(`burn ${ms}\n`)
      await watch.turn()
      await echo(other, id, random.word())
      const isBusy = busy.received.indexOf('burned') === -1
      await busy.expect(`burned ${ms}\n`)
      if (isBusy) return
    }
    throw new Finding({
      kind: 'wrong value',
      message: "a client's line was answered only when another client's burn was over",
    })
  },
)
