import { type Endpoint, Finding, rejection, type Student, same, test } from '../../harness/index.ts'

const datagrams = { meta: { points: 1, lesson: 'Datagrams, not a stream' } }
const askers = { meta: { points: 1, lesson: 'Answering whoever asked' } }
const broadcast = { meta: { points: 2, lesson: 'One to all: broadcast' } }
const waits = { meta: { points: 1, lesson: 'Waiting for what may not come' } }
const losses = { meta: { points: 1, lesson: 'Loss, repetition, reordering' } }
const senders = { meta: { points: 1, lesson: 'Who sent this' } }
const sharing = { meta: { points: 1, lesson: 'Two servers on one port' } }
const errors = { meta: { points: 1, lesson: 'Errors arrive as events' } }

const HAS_BROADCAST = process.platform === 'linux'
const NO_BROADCAST = 'only Linux has a broadcast address on loopback'
/** Where beacons of ours listen: what does not look at broadcast itself is tested everywhere. */
const HERE = HAS_BROADCAST ? '127.255.255.255' : '127.0.0.1'
const LOCAL = { host: '127.0.0.1', port: 0 }
/** How long `discover` is to listen, and how long where a stalled machine made our answers late. */
const WAIT_MS = 100
const LONG_WAIT_MS = 2_000

type Peer = {
  address: Endpoint
  send(data: string | Uint8Array, to: Endpoint, times?: number): Promise<void>
  expect(data: string | Uint8Array): Promise<Endpoint>
}

/**
 * What `discover` finds when `answer` is what comes back. Ours may be late on a machine that stalls: then
 * names that are due are missing, and it is asked once more, with more time.
 */
async function discovered(
  student: Student,
  beacon: Peer,
  due: string[],
  answer: (asker: Endpoint) => Promise<void>,
): Promise<unknown> {
  for (const waitMs of [WAIT_MS, LONG_WAIT_MS]) {
    const asked = student.call('discover', beacon.address, waitMs)
    await answer(await beacon.expect('WHO?'))
    const names = await asked
    const isWhole = Array.isArray(names) && due.every((name) => names.includes(name))
    if (isWhole || waitMs === LONG_WAIT_MS) return names
  }
}

test('answers WHO? with I AM and the name', askers, async ({ student, udp, random }) => {
  const client = await udp()
  for (const name of [random.word(), `厨房 ${random.word()}`]) {
    const beacon = await student.start('startBeacon', LOCAL, name)
    await client.send('WHO?', beacon.address)
    await client.expect(`I AM ${name}`)
  }
})

test(
  'answers each asker at its own address and port',
  askers,
  async ({ student, udp, watch, random }) => {
    const name = random.word()
    const beacon = await student.start('startBeacon', LOCAL, name)
    const [one, two] = [await udp(), await udp()]
    for (const asker of [one, two, ...random.shuffle([one, two])]) {
      await asker.send('WHO?', beacon.address)
      same(await asker.expect(`I AM ${name}`), beacon.address, 'the address of the answer')
    }
    await watch.settled()
    for (const asker of [one, two]) asker.expectSilence('an answer goes to its asker alone')
  },
)

for (const [title, others] of [
  ['ignores datagrams that are not WHO?', ['', 'WHO', 'I AM here', 'hello, who is there']],
  ['takes nothing for WHO? but these four bytes', ['WHO?\n', ' WHO?', 'who?', 'WHO?WHO?']],
] as const) {
  test(title, senders, async ({ student, udp, watch, random }) => {
    const name = random.word()
    const beacon = await student.start('startBeacon', LOCAL, name)
    const client = await udp()
    for (const other of others) await client.send(other, beacon.address)
    await watch.settled()
    client.expectSilence('nothing but `WHO?` is answered')
    await client.send('WHO?', beacon.address)
    await client.expect(`I AM ${name}`)
  })
}

test('lets several beacons share one port', sharing, async ({ student, random }) => {
  const names = [random.word(), random.word(), random.word()].sort()
  const at = { host: '0.0.0.0', port: 0 }
  for (const name of names) at.port = (await student.start('startBeacon', at, name)).port
  if (!HAS_BROADCAST) return
  let found: unknown
  for (const waitMs of [WAIT_MS, LONG_WAIT_MS]) {
    found = await student.call('discover', { host: '127.255.255.255', port: at.port }, waitMs)
    if (Array.isArray(found) && found.length >= names.length) break
  }
  // Their order is another test's business.
  const isFound = (name: string) => Array.isArray(found) && found.includes(name)
  same(names.filter(isFound).length, names.length, 'the number of beacons that `discover` finds')
})

test(
  'rejects with EADDRINUSE where somebody holds the port alone',
  errors,
  async ({ student, udp, random }) => {
    const alone = await udp()
    const started = student.call('startBeacon', alone.address, random.word())
    const error = await rejection(started, 'EADDRINUSE was due: the port is not shared')
    same(error.code, 'EADDRINUSE', "the error's code")
  },
)

test(
  'asks the broadcast address and hears who answers',
  broadcast,
  async ({ student, udp, random, skip }) => {
    skip(!HAS_BROADCAST, NO_BROADCAST)
    const beacon = await udp('127.255.255.255')
    const name = random.word()
    const names = await discovered(student, beacon, [name], async (asker) => {
      await beacon.send(`I AM ${name}`, asker)
    })
    same(names, [name], 'the list of names')
  },
)

test('hears every beacon until waitMs is over', waits, async ({ student, udp, watch, random }) => {
  const [beacon, other] = [await udp(HERE), await udp()]
  const due = [random.word(5), random.word(6), random.word(7)].sort()
  const names = await discovered(student, beacon, due, async (asker) => {
    await beacon.send(`I AM ${due[0]}`, asker)
    await watch.settled()
    await other.send(`I AM ${due[1]}`, asker)
    await other.send(`I AM ${due[2]}`, asker)
  })
  same(names, due, 'the list of names')
})

test('sorts the names by code unit', losses, async ({ student, udp, random }) => {
  const beacon = await udp(HERE)
  const due = ['B', 'C10', 'C9', 'a', 'é', '厨房'].map((name) => `${name}${random.word(1)}`)
  const names = await discovered(student, beacon, due, async (asker) => {
    for (const name of random.shuffle(due)) await beacon.send(`I AM ${name}`, asker)
  })
  same(names, [...due].sort(), 'the list of names')
})

test('names each beacon once', losses, async ({ student, udp, random }) => {
  const [beacon, other] = [await udp(HERE), await udp()]
  const due = [random.word(4), random.word(5)].sort()
  const names = await discovered(student, beacon, due, async (asker) => {
    await beacon.send(`I AM ${due[1]}`, asker, 2)
    await other.send(`I AM ${due[0]}`, asker)
    await other.send(`I AM ${due[1]}`, asker)
  })
  same(names, due, 'the list of names')
})

test('ignores whatever does not begin with I AM', senders, async ({ student, udp, random }) => {
  const [beacon, other] = [await udp(HERE), await udp()]
  const name = random.word()
  const others = ['', 'WHO?', 'I AM', 'I WAS here', `i am ${random.word()}`, random.word(12)]
  const names = await discovered(student, beacon, [name], async (asker) => {
    for (const text of random.shuffle(others)) await other.send(text, asker)
    await beacon.send(`I AM ${name}`, asker)
  })
  same(names, [name], 'the list of names')
})

test('takes all that follows I AM for the name', datagrams, async ({ student, udp, random }) => {
  const beacon = await udp(HERE)
  const due = [`  the ${random.word()} `, `I AM ${random.word()}`, `厨房 ${random.word()}`].sort()
  const names = await discovered(student, beacon, due, async (asker) => {
    for (const name of due) await beacon.send(`I AM ${name}`, asker)
  })
  same(names, due, 'the list of names')
})

test('returns an empty list when nobody answers', waits, async ({ student, udp }) => {
  const silent = await udp(HERE)
  const asked = student.call('discover', silent.address, WAIT_MS)
  await silent.expect('WHO?')
  same(await asked, [], 'the list of names')
})

test('closes its socket when the wait is over', waits, async ({ student, udp, watch }) => {
  const silent = await udp(HERE)
  same(await student.call('discover', silent.address, WAIT_MS), [], 'the list of names')
  // A program that closes a little later is right too: it gets several looks.
  for (let look = 0; look < 10; look++) {
    await watch.settled()
    const { resources } = await student.view()
    if (!resources.some((resource) => resource.startsWith('UDP'))) return
  }
  const message = 'the wait is over, and the UDP socket is still open'
  throw new Finding({ kind: 'still there', message })
})
