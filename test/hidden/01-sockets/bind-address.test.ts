import {
  Finding,
  type Peer,
  rejection,
  type Server,
  type Student,
  same,
  test,
} from '../../harness/index.ts'

const where = { meta: { points: 2, lesson: 'Where a server can be reached' } }
const families = { meta: { points: 1, lesson: 'IPv4 and IPv6' } }
const greeting = { meta: { points: 1, lesson: 'Opening and closing' } }
const clients = { meta: { points: 1, lesson: 'One listener, many sockets' } }
const errors = { meta: { points: 1, lesson: 'When a call fails' } }

type Where = 'this-machine' | 'every-interface'
type Connect = (to: { host: string; port: number }) => Promise<Peer>

const start = (student: Student, at: Where, port = 0): Promise<Server> =>
  student.start('listenOn', at, port)

/** Connects, and makes sure that it is the program that answers there. */
async function reach(connect: Connect, host: string, port: number): Promise<void> {
  const client = await connect({ host, port })
  await client.expect('hello')
}

async function expectGreeting(client: Peer): Promise<void> {
  await client.expect('hello\n')
  await client.expectEnd()
}

async function expectRefused(connect: Connect, host: string, port: number): Promise<void> {
  try {
    await connect({ host, port })
  } catch (error) {
    if (error instanceof Finding && error.finding.kind === 'refused') return
    throw error
  }
  const message = `a connection to ${host}:${port} was accepted; this-machine is to be reached at 127.0.0.1 only`
  throw new Finding({ kind: 'wrong host', message })
}

test('greets a client that says nothing, and closes', greeting, async ({ student, connect }) => {
  const { port } = await start(student, 'this-machine')
  await expectGreeting(await connect({ host: '127.0.0.1', port }))
})

test('answers at 127.0.0.1 only when told this-machine', where, async ({ student, connect }) => {
  const { port } = await start(student, 'this-machine')
  await reach(connect, '127.0.0.1', port)
  await expectRefused(connect, '127.0.0.2', port)
  await expectRefused(connect, '::1', port)
})

test(
  'answers at every IPv4 address when told every-interface',
  where,
  async ({ student, connect }) => {
    const { port } = await start(student, 'every-interface')
    await reach(connect, '127.0.0.1', port)
    // All of 127.0.0.0/8 is this machine on Linux; elsewhere only one of them is set up.
    if (process.platform === 'linux') await reach(connect, '127.0.0.2', port)
  },
)

test('answers at ::1 too when told every-interface', families, async ({ student, connect }) => {
  const { port } = await start(student, 'every-interface')
  await reach(connect, '::1', port)
})

test('greets each client, while others stay', clients, async ({ student, connect }) => {
  const { port } = await start(student, 'this-machine')
  for (let i = 0; i < 3; i++) await expectGreeting(await connect({ host: '127.0.0.1', port }))
})

test(
  'keeps no socket of a client that has spoken and left',
  greeting,
  async ({ student, connect, random, watch }) => {
    const server = await start(student, 'this-machine')
    const client = await connect({ host: '127.0.0.1', port: server.port })
    await client.write(random.word())
    client.end()
    await client.expectGone()
    await server.close()
    // A program that closes late, by a timer, is right too: it gets several looks.
    for (let look = 0; look < 10; look++) {
      await watch.settled()
      const { resources } = await student.view()
      if (!resources.includes('TCPSocketWrap')) return
    }
    const message =
      'the client has left, and the socket of its connection is still open in the program'
    throw new Finding({ kind: 'still there', message })
  },
)

test('goes on after a client reset its connection', errors, async ({ student, connect }) => {
  const { port } = await start(student, 'this-machine')
  const rude = await connect({ host: '127.0.0.1', port })
  await expectGreeting(rude)
  rude.reset()
  await student.expectAlive()
  await expectGreeting(await connect({ host: '127.0.0.1', port }))
})

test('takes any free port for port 0', where, async ({ student, connect }) => {
  const first = await start(student, 'this-machine')
  const second = await start(student, 'this-machine')
  await reach(connect, '127.0.0.1', first.port)
  await reach(connect, '127.0.0.1', second.port)
})

test('rejects with EADDRINUSE when the port is taken', errors, async ({ student, listen }) => {
  const { port } = (await listen()).address
  const error = await rejection(
    start(student, 'this-machine', port),
    'EADDRINUSE was due: the port is taken',
  )
  same(error.code, 'EADDRINUSE', "the error's code")
})
