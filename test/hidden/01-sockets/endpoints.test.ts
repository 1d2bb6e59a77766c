import {
  type Endpoint,
  Finding,
  type Peer,
  type Recorder,
  rejection,
  type Student,
  same,
  sameFields,
  test,
} from '../../harness/index.ts'

const names = { meta: { points: 2, lesson: 'The two ends of a connection' } }
const parts = { meta: { points: 1, lesson: 'The two ends of a connection' } }
const families = { meta: { points: 1, lesson: 'IPv4 and IPv6' } }
const leaving = { meta: { points: 1, lesson: 'Opening and closing' } }
const errors = { meta: { points: 1, lesson: 'When a call fails' } }

type Named = { address: string; port: number; family: 'IPv4' | 'IPv6' }
type Ends = { local: Named; remote: Named }
type Name = { address: string; port: number }

const describe = (student: Student, to: Endpoint) => student.call<Ends>('describeConnection', to)

/** Both ends of each connection that the program made, as our server knows them, in order. */
function endsSeen(recorder: Recorder): Ends[] {
  return recorder.events.flatMap(({ kind, from, to }) =>
    kind === 'SYN' && from && to ? [{ local: named(from), remote: named(to) }] : [],
  )
}

function named({ address, port }: Name): Named {
  if (port === 0) {
    const message =
      'the connection was gone (RST) before the server could look at it; a client leaves with FIN'
    throw new Finding({ kind: 'reset', message })
  }
  // A server bound to `::` sees IPv4 clients under such an address.
  const plain = address.replace(/^::ffff:/, '')
  return { address: plain, port, family: plain.includes(':') ? 'IPv6' : 'IPv4' }
}

/** An end with the kinds of its address and port in their place; what is missing shows as it is. */
function form(end: Named | undefined): unknown {
  return {
    address: typeof end?.address === 'string' ? 'a string' : end?.address,
    port: typeof end?.port === 'number' ? 'a number' : end?.port,
    family: end?.family,
  }
}

/** What most servers do: close as soon as the client does. */
function closeAfter(client: Peer): void {
  client.expectGone().then(
    () => client.end(),
    () => {}, // a client that stays is another test's business
  )
}

test('gives each end an address, a port and a family', parts, async ({ student, listen }) => {
  const server = await listen()
  const told = describe(student, server.address)
  closeAfter(await server.accept())
  const { local, remote } = (await told) ?? {}
  const due = { address: 'a string', port: 'a number', family: 'IPv4' }
  same(
    { local: form(local), remote: form(remote) },
    { local: due, remote: due },
    'the form of the result',
  )
})

test('names the server as the remote end', names, async ({ student, listen, recorder }) => {
  const server = await listen()
  const told = describe(student, server.address)
  closeAfter(await server.accept())
  sameFields((await told)?.remote, endsSeen(recorder)[0]?.remote, 'the remote end')
})

test(
  'names itself as the local end, with a port of its own',
  names,
  async ({ student, listen, recorder }) => {
    const server = await listen()
    const told = describe(student, server.address)
    closeAfter(await server.accept())
    sameFields((await told)?.local, endsSeen(recorder)[0]?.local, 'the local end')
  },
)

test('names both ends of an ipv6 connection', families, async ({ student, listen, recorder }) => {
  const server = await listen('::1')
  const told = describe(student, server.address)
  closeAfter(await server.accept())
  sameFields(await told, endsSeen(recorder)[0], 'the result')
})

test(
  'reads the names from the socket, not from its arguments',
  names,
  async ({ student, listen, recorder }) => {
    const server = await listen('::')
    const { port } = server.address
    // The same address as ::1, written out.
    const first = describe(student, { host: '0:0:0:0:0:0:0:1', port })
    closeAfter(await server.accept())
    sameFields(await first, endsSeen(recorder)[0], 'the result')
    const second = describe(student, { host: 'localhost', port })
    closeAfter(await server.accept())
    sameFields(await second, endsSeen(recorder)[1], 'the result for localhost')
  },
)

test('tells two connections to one server apart', parts, async ({ student, listen, recorder }) => {
  const server = await listen()
  const results: Ends[] = []
  for (let i = 0; i < 2; i++) {
    const told = describe(student, server.address)
    closeAfter(await server.accept())
    results.push(await told)
  }
  sameFields(results, endsSeen(recorder), 'the two results')
})

test('resolves though the server never closes', leaving, async ({ student, listen }) => {
  const server = await listen()
  const told = describe(student, server.address)
  await server.accept()
  await told
})

test('leaves with FIN', leaving, async ({ student, listen }) => {
  const server = await listen()
  const told = describe(student, server.address)
  const client = await server.accept()
  await client.expectEnd()
  client.end()
  await told
})

test(
  'is not disturbed by a reset that comes after it has left',
  errors,
  async ({ student, listen }) => {
    const server = await listen()
    const told = describe(student, server.address)
    const client = await server.accept()
    await client.expectEnd()
    await told
    client.reset()
    await student.expectAlive()
  },
)

test('rejects with ECONNREFUSED when nobody listens', errors, async ({ student, closedPort }) => {
  const error = await rejection(describe(student, await closedPort()), 'ECONNREFUSED was due')
  same(error.code, 'ECONNREFUSED', "the error's code")
})
