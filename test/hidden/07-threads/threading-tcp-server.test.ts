import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  everyByte,
  expectThreads,
  Finding,
  type Peer,
  rejection,
  type Server,
  type Student,
  same,
  test,
} from '../../harness/index.ts'

const steps = (points: number) => ({ meta: { points, lesson: 'Setup, handle, finish' } })
const own = { meta: { points: 2, lesson: 'A socket in a thread of its own' } }
const handing = { meta: { points: 1, lesson: 'Handing a socket over' } }
const ends = { meta: { points: 2, lesson: 'Everything must end' } }
const taken = { meta: { points: 1, lesson: 'Errors arrive as events' } }

const LOCAL = { host: '127.0.0.1', port: 0 }

/** A line of the client's, or `FIN` when it has half-closed. */
const LINE = `
  function line(request) {
    return new Promise((resolve) => {
      let text = ''
      const done = (line) => {
        request.off('data', take).off('end', end)
        resolve(line)
      }
      const take = (chunk) => {
        text += chunk
        if (text.includes('\\n')) done(text.slice(0, text.indexOf('\\n')))
      }
      const end = () => done('FIN')
      if (request.readableEnded) end()
      else request.on('data', take).on('end', end)
    })
  }
`

/** Says what it does; takes a little time for each step. The line \`throw\` makes handle throw. */
const ALL_STEPS = `
  import { setTimeout as delay } from 'node:timers/promises'
  ${LINE}
  export async function setup(request) {
    await delay(30)
    request.write('setup\\n')
  }
  export async function handle(request) {
    request.write('handle\\n')
    const got = await line(request)
    await delay(30)
    request.write('got ' + got + '\\n')
    if (got === 'throw') throw new Error('told to throw')
  }
  export async function finish(request) {
    await delay(30)
    request.write('finish\\n')
  }
`

/** Handle alone. */
const HANDLE_ALONE = `
  ${LINE}
  export async function handle(request) {
    request.write('handle\\n')
    request.write('got ' + await line(request) + '\\n')
  }
`

/** The same, and it tells its thread. */
const TELLS_THREAD = `
  import { threadId } from 'node:worker_threads'
  ${HANDLE_ALONE.replace("'handle", "'thread ' + threadId + '")}
`

type Closing = Set<() => Promise<void> | void>
type Running = { server: Server; address: { host: string; port: number }; served: Promise<unknown> }

/** Constructs a server for a handler of ours and has it serve; it is shut down at the end of the test. */
async function serve(
  student: Student,
  { scratch, closing }: { scratch: string; closing: Closing },
  name: string,
  source: string,
): Promise<Running> {
  const file = path.join(scratch, `${name}.mjs`)
  fs.writeFileSync(file, source)
  const server = await student.construct('ThreadingTCPServer', LOCAL, pathToFileURL(file))
  const served = server.call('serveForever')
  closing.add(() => void server.call('shutdown'))
  return { server, address: await student.listening(), served }
}

async function leave(client: Peer): Promise<void> {
  await client.expectEnd()
  client.end()
}

test(
  'runs setup, handle and finish in this order, waits for each, then ends the connection',
  steps(2),
  async ({ student, connect, random, scratch, closing }) => {
    const { server, address } = await serve(student, { scratch, closing }, 'steps', ALL_STEPS)
    const told = await server.call<{ port: number }>('address')
    same(told?.port, address.port, 'the port that address() tells')
    const client = await connect(address)
    const word = random.word()
    await client.write(`${word}\n`)
    await client.expect(`setup\nhandle\ngot ${word}\nfinish\n`)
    await leave(client)
  },
)

test(
  'runs finish though handle throws, and serves the next client',
  steps(2),
  async ({ student, connect, random, scratch, closing, watch }) => {
    const { address } = await serve(student, { scratch, closing }, 'steps', ALL_STEPS)
    const client = await connect(address)
    await client.write('throw\n')
    await client.expect('setup\nhandle\ngot throw\nfinish\n')
    await client.expectGone()
    client.end()
    await watch.settled()
    const next = await connect(address)
    const word = random.word()
    await next.write(`${word}\n`)
    await next.expect(`setup\nhandle\ngot ${word}\nfinish\n`)
    await leave(next)
  },
)

test(
  'runs a handler that has neither setup nor finish',
  steps(1),
  async ({ student, connect, random, scratch, closing }) => {
    const { address } = await serve(student, { scratch, closing }, 'alone', HANDLE_ALONE)
    const client = await connect(address)
    const word = random.word()
    await client.expect('handle\n')
    await client.write(`${word}\n`)
    await client.expect(`got ${word}\n`)
    await leave(client)
  },
)

test(
  'runs the handler of each connection in a worker thread of its own',
  own,
  async ({ freshStudent: student, connect, random, scratch, closing, watch }) => {
    const { address } = await serve(student, { scratch, closing }, 'thread', TELLS_THREAD)
    const clients = [await connect(address), await connect(address), await connect(address)]
    const threads: string[] = []
    for (const client of clients) threads.push(await client.readLine())
    if (threads.includes('thread 0')) {
      const message = 'the handler ran in thread 0, and that is the main thread'
      throw new Finding({ kind: 'wrong value', message })
    }
    same(new Set(threads).size, 3, 'how many threads ran the handlers of three connections')
    await expectThreads(student, watch, 3, 'with three connections')
    for (const client of clients.reverse()) {
      const word = random.word()
      await client.write(`${word}\n`)
      await client.expect(`got ${word}\n`)
      await leave(client)
    }
    await expectThreads(student, watch, 0, 'when all three clients have left')
  },
)

test(
  'lets the handler speak after the client has half-closed',
  handing,
  async ({ student, connect, scratch, closing }) => {
    const { address } = await serve(student, { scratch, closing }, 'steps', ALL_STEPS)
    const client = await connect(address)
    client.end()
    await client.expect('setup\nhandle\ngot FIN\nfinish\n')
    await client.expectEnd()
  },
)

test(
  'shutdown takes no more connections, lets those under way finish, and ends serveForever',
  ends,
  async ({ student, connect, random, scratch, closing, watch }) => {
    const { server, address, served } = await serve(
      student,
      { scratch, closing },
      'steps',
      ALL_STEPS,
    )
    const client = await connect(address)
    await client.expect('setup\nhandle\n')
    const shut = server.call('shutdown')
    await watch.settled()
    const refused = await connect(address).then(
      () => false,
      () => true,
    )
    same(refused, true, 'whether a connection is refused after shutdown was called')
    const word = random.word()
    await client.write(`${word}\n`)
    await client.expect(`got ${word}\nfinish\n`)
    await leave(client)
    await shut
    await served
    await expectThreads(student, watch, 0, 'when the last client has left after shutdown')
  },
)

test(
  'survives a client that resets while it is handled',
  taken,
  async ({ student, connect, random, scratch, closing, watch }) => {
    const { address } = await serve(student, { scratch, closing }, 'alone', HANDLE_ALONE)
    const rude = await connect(address)
    await rude.expect('handle\n')
    rude.reset()
    await watch.settled()
    const client = await connect(address)
    const word = random.word()
    await client.expect('handle\n')
    await client.write(`${word}\n`)
    await client.expect(`got ${word}\n`)
    await leave(client)
  },
)

test(
  'serveForever rejects with EADDRINUSE when the port is taken',
  taken,
  async ({ student, listen, scratch }) => {
    const { address } = await listen()
    const file = path.join(scratch, 'alone.mjs')
    fs.writeFileSync(file, HANDLE_ALONE)
    const server = await student.construct('ThreadingTCPServer', address, pathToFileURL(file))
    const error = await rejection(server.call('serveForever'), 'EADDRINUSE was due')
    same(error.code, 'EADDRINUSE', "the error's code")
  },
)

test(
  'startUpperServer sends back in upper case what comes, as it comes, and breaks no character',
  steps(2),
  async ({ student, connect, random }) => {
    const server = await student.start('startUpperServer', LOCAL)
    const client = await connect(server.address)
    const other = await connect(server.address)
    const text = `${random.word()} é你好ß ${random.word()}`
    const length = Buffer.byteLength(text)
    for (const cuts of [[], everyByte(length), random.cuts(length)]) {
      await client.write(text, cuts)
      await client.expect(text.toUpperCase())
    }
    await other.write('hi')
    await other.expect('HI')
    for (const peer of [client, other]) {
      peer.end()
      await peer.expectEnd()
    }
  },
)
