import os from 'node:os'
import {
  type Endpoint,
  Finding,
  rejection,
  type Student,
  StudentError,
  same,
  test,
} from '../../harness/index.ts'

const connects = { meta: { points: 2, lesson: 'Connect and send' } }
const closes = { meta: { points: 1, lesson: 'Every path closes the socket' } }
const fails = { meta: { points: 2, lesson: 'When connecting fails' } }
const rejects = { meta: { points: 1, lesson: 'When connecting fails' } }

const NUMBER = 'the number'
const { ECONNREFUSED, ENETUNREACH } = os.constants.errno

/** The number with which a call resolves; a rejection says what was due instead. */
async function number(call: Promise<number>): Promise<number> {
  try {
    return await call
  } catch (error) {
    if (!(error instanceof StudentError)) throw error
    const message = `the call rejected with ${error.code ?? error.name}; a number was due`
    throw new Finding({ kind: 'rejected', message })
  }
}

const connectEx = (student: Student, to: Endpoint) => student.call<number>('connectEx', to)

test(
  'returns 0 once it is connected, though the server never closes',
  connects,
  async ({ student, listen }) => {
    const server = await listen()
    const number = connectEx(student, server.address)
    await server.accept()
    same(await number, 0, NUMBER)
  },
)

test('leaves with FIN once it is connected', closes, async ({ student, listen }) => {
  const server = await listen()
  const number = connectEx(student, server.address)
  const client = await server.accept()
  await client.expectEnd()
  client.end()
  same(await number, 0, NUMBER)
})

test(
  'returns 0 and lives on when the server resets the connection later',
  rejects,
  async ({ student, listen }) => {
    const server = await listen()
    const number = connectEx(student, server.address)
    const client = await server.accept()
    await client.expectEnd()
    client.reset()
    same(await number, 0, NUMBER)
    await student.expectAlive()
  },
)

test(
  'returns the positive number of ECONNREFUSED when nobody listens',
  fails,
  async ({ student, closedPort }) => {
    same(await number(connectEx(student, await closedPort())), ECONNREFUSED, NUMBER)
    // A name may stand for several addresses; then all of them refuse.
    const { port } = await closedPort('::')
    same(
      await number(connectEx(student, { host: 'localhost', port })),
      ECONNREFUSED,
      `${NUMBER} for localhost`,
    )
  },
)

test('returns the number of other errors too', fails, async ({ student, random }) => {
  // A broadcast address: TCP has no way there. Linux says ENETUNREACH, other systems have other words.
  const got = await number(
    connectEx(student, { host: '127.255.255.255', port: random.int(1024, 9999) }),
  )
  if (process.platform === 'linux') return same(got, ENETUNREACH, NUMBER)
  if (Object.values(os.constants.errno).includes(got)) return
  throw new Finding({
    kind: 'wrong value',
    message: 'no system error has this number',
    got: String(got),
  })
})

test('rejects with RangeError for a port that cannot be', rejects, async ({ student }) => {
  for (const port of [65_536, -1, 1.5]) {
    const error = await rejection(
      connectEx(student, { host: '127.0.0.1', port }),
      'a RangeError was due',
    )
    same(error.name, 'RangeError', "the error's name")
  }
})

test('rejects when the host name cannot be resolved', rejects, async ({ student, random }) => {
  // Two dots in a row: no name server needs to be asked.
  const host = `${random.word()}..${random.word()}`
  const error = await rejection(
    connectEx(student, { host, port: 80 }),
    'the error of the name lookup was due',
  )
  if (error.code?.startsWith('E')) return
  throw new Finding({
    kind: 'wrong value',
    message: 'the error is not that of the name lookup',
    expected: 'an error with a code such as ENOTFOUND',
    got: `${error.name}: ${error.message}`,
  })
})
