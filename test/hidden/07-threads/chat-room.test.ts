import {
  type Endpoint,
  Finding,
  type Peer,
  rejection,
  type Server,
  type Student,
  same,
  test,
} from '../../harness/index.ts'

const KIB = 1024

const room = (points: number) => ({ meta: { points, lesson: 'One room, many members' } })
const slow = (points: number) => ({ meta: { points, lesson: 'A member who does not read' } })
const ends = (points: number) => ({ meta: { points, lesson: 'Everything must end' } })
const errors = { meta: { points: 1, lesson: 'Errors arrive as events' } }

function start(student: Student): Promise<Server> {
  return student.start('startChatRoom', { host: '127.0.0.1', port: 0 })
}

/** Brings a newcomer in and waits until all know of it, so that the order of what follows is known. */
async function join(
  connect: (to: Endpoint) => Promise<Peer>,
  { address }: Server,
  name: string,
  others: Record<string, Peer> = {},
): Promise<Peer> {
  const newcomer = await connect(address)
  await newcomer.write(`${name}\n`)
  await newcomer.expect(`* here: ${Object.keys(others).sort().join(', ')}\n`)
  for (const other of Object.values(others)) await other.expect(`* ${name} joined\n`)
  return newcomer
}

/** Lets members go one after another: all at once they would reset on what is told of each other. */
async function leave(...members: Peer[]): Promise<void> {
  for (const member of members) {
    member.end()
    await member.expectGone()
  }
}

/** The next line, in a room where a member does not read. */
async function hear(member: Peer): Promise<string> {
  try {
    return await member.readLine()
  } catch (error) {
    if (!(error instanceof Finding) || error.finding.kind !== 'nothing came') throw error
    const message = 'a member waits for a line that was said, because another one does not read'
    throw new Finding({ kind: 'stopped reading', message })
  }
}

/** Fails unless a name is refused with one line and FIN. */
async function expectRefused(guest: Peer, name: string): Promise<void> {
  await guest.write(`${name}\n`)
  const answer = await guest.readLine()
  if (!/^ERR ./.test(answer)) {
    const message = `the name ${JSON.stringify(name)} is to be refused with a line "ERR reason"`
    throw new Finding({ kind: 'wrong value', message, got: JSON.stringify(answer) })
  }
  await guest.expectEnd()
}

test(
  'tells a newcomer who is here, and the others who joined',
  room(1),
  async ({ student, connect, random }) => {
    const server = await start(student)
    const [a, b, c] = [`A${random.word(3)}`, `b${random.word(3)}`, `c${random.word(12)}XYZ`]
    const first = await join(connect, server, b)
    const second = await join(connect, server, a, { [b]: first })
    const third = await join(connect, server, c, { [b]: first, [a]: second })
    // What comes next is what is said next: none of them was told of its own coming.
    await first.write('hello\n')
    for (const other of [second, third]) await other.expect(`[${b}] hello\n`)
    await third.write('hello\n')
    for (const other of [first, second]) await other.expect(`[${c}] hello\n`)
    await leave(first, second, third)
  },
)

test(
  "passes each line on to all others, with its sender's name",
  room(2),
  async ({ student, connect, random }) => {
    const server = await start(student)
    const amy = await join(connect, server, 'amy')
    const bob = await join(connect, server, 'bob', { amy })
    const cleo = await join(connect, server, 'cleo', { amy, bob })
    const [one, two, three] = [`1${random.word()} 你好`, `2${random.word()}`, `3${random.word()}`]
    await amy.write(`${one}\n\n${two}\n`)
    for (const other of [bob, cleo]) await other.expect(`[amy] ${one}\n[amy] \n[amy] ${two}\n`)
    await bob.write(`${three}\n`)
    for (const other of [amy, cleo]) await other.expect(`[bob] ${three}\n`)
    await leave(amy, bob, cleo)
  },
)

test(
  'sorts names by code unit and tells upper and lower case apart',
  room(1),
  async ({ student, connect }) => {
    const server = await start(student)
    const members: Record<string, Peer> = {}
    for (const name of ['b', 'B', 'a', '10', '9', 'Z', 'A']) {
      members[name] = await join(connect, server, name, members)
    }
    await leave(...Object.values(members))
  },
)

test(
  'refuses a name that is taken, and does not touch its bearer',
  room(2),
  async ({ student, connect, random, watch }) => {
    const server = await start(student)
    const bob = await join(connect, server, 'bob')
    const amy = await join(connect, server, 'amy', { bob })
    for (const leave of ['end', 'reset'] as const) {
      const guest = await connect(server.address)
      await expectRefused(guest, 'amy')
      await guest.write(`${random.word()}\n`)
      guest[leave]()
      await watch.settled()
      const [one, two] = [`1${random.word()}`, `2${random.word()}`]
      await bob.write(`${one}\n`)
      await amy.expect(`[bob] ${one}\n`)
      await amy.write(`${two}\n`)
      await bob.expect(`[amy] ${two}\n`)
      await expectRefused(await connect(server.address), 'amy')
    }
    const cleo = await join(connect, server, 'cleo', { amy, bob })
    await leave(amy, bob, cleo)
  },
)

test('lets in a member called constructor', room(1), async ({ student, connect, random }) => {
  const server = await start(student)
  const amy = await join(connect, server, 'amy')
  const other = await join(connect, server, 'constructor', { amy })
  const word = random.word()
  await other.write(`${word}\n`)
  await amy.expect(`[constructor] ${word}\n`)
  await amy.write(`${word}\n`)
  await other.expect(`[amy] ${word}\n`)
  await leave(amy, other)
})

test(
  'refuses a name of other characters than ASCII letters and digits',
  room(1),
  async ({ student, connect }) => {
    const server = await start(student)
    const amy = await join(connect, server, 'amy')
    for (const name of ['a b', ' a', 'a ', 'a-b', 'a_b', 'é', '你好', '*', '[a]']) {
      await expectRefused(await connect(server.address), name)
    }
    await leave(amy, await join(connect, server, '0aZ9', { amy }))
  },
)

test('refuses an empty name and one of 17 characters', room(1), async ({ student, connect }) => {
  const server = await start(student)
  const amy = await join(connect, server, 'amy')
  for (const name of ['', 'abcdefgh123456789']) {
    await expectRefused(await connect(server.address), name)
  }
  await leave(amy, await join(connect, server, 'abcdefgh12345678', { amy }))
})

test(
  'takes no notice of guests who have not given a name',
  room(1),
  async ({ student, connect, random, watch }) => {
    const server = await start(student)
    const guests = [
      await connect(server.address),
      await connect(server.address),
      await connect(server.address),
    ]
    const [silent, leaves, resets] = guests as [Peer, Peer, Peer]
    await leaves.write(random.word())
    await resets.write(random.word())
    const amy = await join(connect, server, 'amy')
    const bob = await join(connect, server, 'bob', { amy })
    leaves.end()
    await leaves.expectGone()
    resets.reset()
    await watch.settled()
    const word = random.word()
    await amy.write(`${word}\n`)
    await bob.expect(`[amy] ${word}\n`)
    await watch.settled()
    silent.expectSilence('a guest who has not given a name yet heard what members say')
    await silent.write('silent\n')
    await silent.expect('* here: amy, bob\n')
    for (const member of [amy, bob]) await member.expect('* silent joined\n')
    await leave(silent, amy, bob)
  },
)

test(
  'announces once that a member left, and frees its name',
  ends(2),
  async ({ student, connect, random, watch }) => {
    const server = await start(student)
    const amy = await join(connect, server, 'amy')
    const cleo = await join(connect, server, 'cleo', { amy })
    for (const leave of ['end', 'reset', 'end'] as const) {
      const bob = await join(connect, server, 'bob', { amy, cleo })
      await bob.write(`${random.word()}\n`)
      for (const other of [amy, cleo]) await other.readLine()
      bob[leave]()
      if (leave === 'end') await bob.expectEnd()
      await watch.settled()
      for (const other of [amy, cleo]) await other.expect('* bob left\n')
      await watch.settled()
      // What comes next is what is said next: it was announced once.
      const word = random.word()
      await amy.write(`${word}\n`)
      await cleo.expect(`[amy] ${word}\n`)
    }
    await leave(amy, cleo)
  },
)

test(
  'finds names and lines however they are cut into chunks',
  room(1),
  async ({ student, connect, random, everyCut }) => {
    const server = await start(student)
    const amy = await join(connect, server, 'amy')
    const [one, two] = [`${random.word(3)}你`, random.word(3)]
    const bytes = Buffer.from(`bob\n${one}\n\n${two}\n`)
    await everyCut(bytes.length, async (cuts) => {
      const bob = await connect(server.address)
      await bob.write(bytes, cuts)
      await amy.expect(`* bob joined\n[bob] ${one}\n[bob] \n[bob] ${two}\n`)
      await bob.expect('* here: amy\n')
      bob.end()
      await bob.expectEnd()
      await amy.expect('* bob left\n')
    })
  },
)

test(
  'keeps apart what two members are in the middle of saying',
  room(1),
  async ({ student, connect, random, watch }) => {
    const server = await start(student)
    const cleo = await join(connect, server, 'cleo')
    const amy = await join(connect, server, 'amy', { cleo })
    const bob = await join(connect, server, 'bob', { amy, cleo })
    // Both have said the first half of their line, and one byte of a character of three.
    const [one, two] = [`1${random.word(4)}你`, `2${random.word(4)}好`]
    const half = 6
    await amy.write(Buffer.from(`${one}\n`).subarray(0, half))
    await watch.turn()
    await bob.write(Buffer.from(`${two}\n`).subarray(0, half))
    await watch.turn()
    await amy.write(Buffer.from(`${one}\n`).subarray(half))
    await cleo.expect(`[amy] ${one}\n`)
    await bob.write(Buffer.from(`${two}\n`).subarray(half))
    await cleo.expect(`[bob] ${two}\n`)
    await leave(amy, bob, cleo)
  },
)

test(
  'passes a line on as it is, and not one that never ended',
  room(1),
  async ({ student, connect, random }) => {
    const server = await start(student)
    const amy = await join(connect, server, 'amy')
    const bob = await join(connect, server, 'bob', { amy })
    const lines = [`  ${random.word()}\t `, `${random.word()}\r`, `a\r${random.word()}`, '[amy] hi']
    await bob.write(`${lines.join('\n')}\n${random.word()}`)
    bob.end()
    await amy.expect(lines.map((line) => `[bob] ${line}\n`).join(''))
    await amy.expect('* bob left\n')
  },
)

test(
  'drops a member who does not read, and the others never wait',
  slow(2),
  async ({ student, connect, random }) => {
    const server = await start(student)
    const amy = await join(connect, server, 'amy')
    const bob = await join(connect, server, 'bob', { amy })
    const idle = await join(connect, server, 'idle', { amy, bob })
    idle.pause()
    // The kernels take some megabytes for idle; then it piles up in the server.
    const line = random.word(16).repeat(16 * KIB)
    let isDropped = false
    for (let said = 0; said < 80 && !isDropped; said++) {
      await bob.write(`${line}\n`)
      for (let heard = await hear(amy); heard !== `[bob] ${line}`; heard = await hear(amy)) {
        same(heard, '* idle left', 'what amy heard')
        isDropped = true
      }
      // Of what waits in other threads nothing is known here.
      const { queued } = await student.view()
      if (queued > 2 * KIB * KIB) {
        const message = 'more than 2 MiB wait in the server for a member who does not read'
        throw new Finding({ kind: 'too much memory', message })
      }
    }
    if (!isDropped) {
      const message =
        '20 MiB were said to a member who reads nothing, and it was not announced as left'
      throw new Finding({ kind: 'nothing came', message })
    }
    await bob.expect('* idle left\n')
    const again = await join(connect, server, 'idle', { amy, bob })
    idle.resume()
    await idle.expectGone()
    const word = random.word()
    await again.write(`${word}\n`)
    for (const other of [amy, bob]) await other.expect(`[idle] ${word}\n`)
    await leave(again, amy, bob)
  },
)

test(
  'keeps a member who reads late as long as less than 1 MiB waits for it',
  slow(1),
  async ({ student, connect, random, watch }) => {
    const server = await start(student)
    const amy = await join(connect, server, 'amy')
    const bob = await join(connect, server, 'bob', { amy })
    const late = await join(connect, server, 'late', { amy, bob })
    late.pause()
    const said = `[bob] ${random.word(16).repeat(8 * KIB)}\n`
    let times = 0
    for (let isKept = true, waiting = 0; isKept && waiting === 0 && times < 80; times++) {
      await bob.write(said.slice('[bob] '.length))
      isKept = `${await hear(amy)}\n` === said
      const { queued, threads } = await student.view()
      waiting = queued
      // Of what waits in other threads nothing is known here, so no more is said than may surely wait.
      if (threads > 0 && times === 5) waiting = 1
    }
    await watch.settled()
    if (amy.received.includes('* late left\n')) {
      const message = 'a member was dropped though less than 1 MiB waited for it in the server'
      throw new Finding({ kind: 'too many bytes', message })
    }
    late.resume()
    await late.expect(said.repeat(times))
    const word = random.word()
    await late.write(`${word}\n`)
    await amy.expect(`[late] ${word}\n`)
    await leave(late, amy, bob)
  },
)

test('rejects with EADDRINUSE when the port is taken', errors, async ({ student, listen }) => {
  const { address } = await listen()
  const error = await rejection(student.call('startChatRoom', address), 'EADDRINUSE was due')
  same(error.code, 'EADDRINUSE', "the error's code")
})
