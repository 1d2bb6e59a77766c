import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'
// biome-ignore lint/style/noRestrictedImports: the list is compared with what the kernel tells us
import { fdOf, getsockopt, optionNames } from '#sockopt'
import { Finding, type Student, StudentError, same, test } from '../../harness/index.ts'

type Kind = 'tcp-listener' | 'udp'
type Option = { name: string; level: string; value: number }

const LIST = 'listOptions'
/** Options that may change by themselves: no two sockets need have the same value. */
const CHANGING = new Set(['SO_ERROR', 'SO_INCOMING_CPU', 'SO_INCOMING_NAPI_ID'])
/** Of several options the one that is named is the one that people know. */
const FAMILIAR = ['SO_KEEPALIVE', 'TCP_NODELAY', 'UDP_CORK']

const asking = (points: number) => ({ meta: { points, lesson: 'Asking the kernel' } })
const options = (points: number) => ({ meta: { points, lesson: 'What an option is' } })

/** What the kernel tells of a socket of our own. */
async function reference(kind: Kind): Promise<Option[]> {
  const socket =
    kind === 'udp'
      ? dgram.createSocket('udp4').bind(0, '127.0.0.1')
      : net.createServer().listen(0, '127.0.0.1')
  await once(socket, 'listening')
  const fd = fdOf(socket)
  const answered = optionNames.flatMap(({ name, level }) => {
    try {
      return [{ name, level, value: getsockopt(fd, level, name) }]
    } catch {
      return []
    }
  })
  socket.close()
  return answered
}

/** What the program lists, if it is a list of options at all. */
async function listed(student: Student, kind: Kind): Promise<Option[]> {
  const got = await student.call<Option[]>(LIST, kind).catch((error: unknown) => {
    if (!(error instanceof StudentError)) throw error
    throw new Finding({ kind: error.how, message: `${LIST} ${error.how}: ${error.message}` })
  })
  const isOption = ({ name, level, value }: Partial<Option>) =>
    typeof name === 'string' && typeof level === 'string' && typeof value === 'number'
  const isList = Array.isArray(got) && got.every((one) => isOption(Object(one)))
  same(isList, true, 'whether a list of { name, level, value } came')
  return got
}

/** The options of `all` that `some` has not. */
function beyond(all: Option[], some: Option[]): string | undefined {
  const known = new Set(some.map(({ name }) => name))
  const left = all.map(({ name }) => name).filter((name) => !known.has(name))
  return FAMILIAR.find((name) => left.includes(name)) ?? left.sort()[0]
}

async function namesAll(student: Student, kind: Kind, what: string): Promise<void> {
  const missing = beyond(await reference(kind), await listed(student, kind))
  if (!missing) return
  const message = `the kernel has ${missing} for ${what}, and it is not in the list`
  throw new Finding({ kind: 'wrong value', message })
}

async function sameValues(student: Student, kind: Kind): Promise<void> {
  const [first, second] = [await reference(kind), await reference(kind)]
  const got = new Map((await listed(student, kind)).map(({ name, value }) => [name, value]))
  const values = new Map(second.map(({ name, value }) => [name, value]))
  for (const { name, value } of first.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const isSteady = values.get(name) === value && !CHANGING.has(name)
    if (isSteady && got.has(name)) same(got.get(name), value, `the value of ${name}`)
  }
}

test('names every option that a listening TCP socket has', asking(2), async ({ student }) => {
  await namesAll(student, 'tcp-listener', 'a listening TCP socket')
})

test('names every option that a UDP socket has', options(2), async ({ student }) => {
  await namesAll(student, 'udp', 'a UDP socket')
})

test('leaves out what the kernel refuses', asking(1), async ({ student }) => {
  for (const kind of ['tcp-listener', 'udp'] as const) {
    const refused = beyond(await listed(student, kind), await reference(kind))
    if (!refused) continue
    const message = `${refused} is in the list, but the kernel refuses it for this kind of socket`
    throw new Finding({ kind: 'wrong value', message })
  }
})

test('gives the values of a socket that listens', asking(2), async ({ student }) => {
  await sameValues(student, 'tcp-listener')
})

test('gives the values of a fresh UDP socket', asking(1), async ({ student }) => {
  await sameValues(student, 'udp')
})

test('gives each option its level', options(1), async ({ student }) => {
  for (const kind of ['tcp-listener', 'udp'] as const) {
    const levels = new Map(optionNames.map(({ name, level }) => [name, level as string]))
    for (const { name, level } of await listed(student, kind)) {
      if (levels.has(name)) same(level, levels.get(name), `the level of ${name}`)
    }
  }
})

test('sorts the options by name', asking(1), async ({ student }) => {
  // Only what people and code units agree on: the next test looks at the rest.
  await isSorted(student, (a, b) => a < b || a.localeCompare(b, 'en') < 0)
})

test('sorts by code unit, where _ comes after the capitals', asking(1), async ({ student }) => {
  await isSorted(student, (a, b) => a < b)
})

async function isSorted(student: Student, isBefore: (a: string, b: string) => boolean) {
  for (const kind of ['tcp-listener', 'udp'] as const) {
    const names = (await listed(student, kind)).map(({ name }) => name)
    for (const [i, name] of names.entries()) {
      const next = names[i + 1]
      if (next === undefined || isBefore(name, next)) continue
      const message = `${name} stands before ${next}`
      const twice = `${name} is in the list twice`
      throw new Finding({ kind: 'wrong value', message: name === next ? twice : message })
    }
  }
}

test('has closed its socket when it resolves', asking(1), async ({ student, watch }) => {
  for (const kind of ['tcp-listener', 'udp'] as const) {
    await listed(student, kind)
    await watch.settled()
    const { resources } = await student.view()
    const left = resources.filter((resource) => /^(TCP|UDP)/.test(resource))
    if (left.length === 0) continue
    const message = 'the list has come, but the socket that it tells of is still open'
    throw new Finding({ kind: 'still there', message, got: left.join(', ') })
  }
})
