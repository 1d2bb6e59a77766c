import fs from 'node:fs'
import path from 'node:path'
import {
  Finding,
  type Recorder,
  rejection,
  type Server,
  type Student,
  StudentError,
  same,
  test,
} from '../../harness/index.ts'

const START = 'startUnixServer'
const ASK = 'askUnix'

const lines = (points: number) => ({ meta: { points, lesson: 'Sockets that are files' } })
const events = { meta: { points: 1, lesson: 'Errors arrive as events' } }

/** Where the test's socket is to lie: in a folder of its own, with a short path. */
function place(scratch: string, name: string): string {
  const folder = path.join(scratch, name)
  fs.rmSync(folder, { recursive: true, force: true })
  fs.mkdirSync(folder)
  return path.join(folder, 'u')
}

function note(recorder: Recorder, text: string): void {
  recorder.add({ kind: 'note', way: 'in', conn: '', text })
}

type Listen = (path: string) => Promise<{ close(): void }>

/** Leaves a socket file behind that nobody listens on, as a program that was killed does. */
async function leaveStale(listen: Listen, at: string, recorder: Recorder): Promise<void> {
  const old = await listen(`${at}0`)
  // A server removes the name that it bound: under another one the file outlives it.
  fs.renameSync(`${at}0`, at)
  old.close()
  note(recorder, `a socket file that nobody listens on lies at ${at}`)
}

/** A server. `taken` says what is wrong with EADDRINUSE where nobody listens. */
async function begin(student: Student, at: string, taken?: string): Promise<Server> {
  try {
    return await student.start(START, at)
  } catch (error) {
    if (!(error instanceof StudentError)) throw error
    if (taken && error.code === 'EADDRINUSE')
      throw new Finding({ kind: 'wrong value', message: taken })
    throw new Finding({ kind: error.how, message: `${START} ${error.how}: ${error.message}` })
  }
}

/** A call that is to reject. */
function attempt(student: Student, at: string): Promise<string> {
  return student.call(START, at).then(() => 'a server')
}

test(
  'answers each line in upper case, however the bytes are cut',
  lines(2),
  async ({ student, connect, random, scratch, everyCut }) => {
    const at = place(scratch, 'lines')
    await begin(student, at)
    const [one, two] = [random.word(4), random.word(4)]
    const asked = Buffer.from(`${one}\ngrüß ${two}\n\n`)
    await everyCut(asked.length, async (cuts) => {
      const client = await connect({ path: at })
      await client.write(asked, cuts)
      await client.expect(`${one.toUpperCase()}\nGRÜSS ${two.toUpperCase()}\n\n`)
      client.end()
      await client.expectEnd()
    })
  },
)

test(
  'takes a newline alone for the end of a line, and trims nothing',
  lines(1),
  async ({ student, connect, random, scratch }) => {
    const at = place(scratch, 'bytes')
    await begin(student, at)
    const client = await connect({ path: at })
    for (const line of [`  ${random.word()}\t `, `${random.word()}\r`, `a\rb`, `a\u2028b`]) {
      await client.write(`${line}\n`)
      await client.expect(`${line.toUpperCase()}\n`)
    }
  },
)

test(
  'gives an unended last line no reply',
  lines(1),
  async ({ student, connect, random, scratch }) => {
    const at = place(scratch, 'unended')
    await begin(student, at)
    const client = await connect({ path: at })
    await client.write('whole\n')
    await client.expect('WHOLE\n')
    await client.write(random.word())
    client.end()
    await client.expectEnd()
  },
)

/** The mode of the file at which a server listens, in octal digits. */
function modeOf(at: string): string {
  const file = fs.lstatSync(at, { throwIfNoEntry: false })
  if (file) return `0${(file.mode & 0o777).toString(8)}`
  const message = `the server was to listen at ${path.basename(at)}, and no such file is there`
  throw new Finding({ kind: 'wrong value', message })
}

test('gives its socket file to its owner alone', lines(1), async ({ student, scratch }) => {
  const at = place(scratch, 'mode')
  await begin(student, at)
  same(modeOf(at), '0600', "the socket file's mode")
})

test('removes its socket file on close', lines(1), async ({ student, scratch, watch }) => {
  const at = place(scratch, 'closed')
  const server = await begin(student, at)
  await server.close()
  await watch.settled()
  if (!fs.existsSync(at)) return
  const message = 'the server is closed, but its socket file is still there'
  throw new Finding({ kind: 'still there', message })
})

test(
  'replaces a socket file that nobody listens on',
  lines(2),
  async ({ student, connect, listen, recorder, scratch }) => {
    const at = place(scratch, 'stale')
    await leaveStale(listen, at, recorder)
    await begin(student, at, 'EADDRINUSE came, but nobody listens at the socket file')
    const client = await connect({ path: at })
    await client.write('anybody\n')
    await client.expect('ANYBODY\n')
    same(modeOf(at), '0600', "the socket file's mode")
  },
)

test(
  'rejects with EADDRINUSE while another server listens, and leaves it alone',
  lines(2),
  async ({ student, connect, scratch }) => {
    const at = place(scratch, 'live')
    await begin(student, at)
    const error = await rejection(attempt(student, at), 'EADDRINUSE was due: a server listens')
    same(error.code, 'EADDRINUSE', "the error's code")
    const client = await connect({ path: at })
    await client.write('still there\n')
    await client.expect('STILL THERE\n')
  },
)

test(
  'leaves a file alone that is no socket, and rejects',
  lines(1),
  async ({ student, random, recorder, scratch }) => {
    const at = place(scratch, 'file')
    const text = random.word()
    fs.writeFileSync(at, text)
    note(recorder, `a plain file lies at ${at}`)
    await rejection(attempt(student, at), 'an error was due: a plain file is in the way')
    const left = fs.lstatSync(at, { throwIfNoEntry: false })
    same(left?.isFile() ?? false, true, 'whether the file is still there')
    same(fs.readFileSync(at, 'utf8'), text, "the file's text")
    fs.rmSync(at)
    note(recorder, 'the file is removed')
    await begin(student, at)
  },
)

test(
  'leaves a symlink alone, and rejects',
  lines(1),
  async ({ student, listen, recorder, scratch }) => {
    const at = place(scratch, 'link')
    await leaveStale(listen, `${at}1`, recorder)
    fs.symlinkSync('u1', at)
    note(recorder, `a symlink to it lies at ${at}`)
    await rejection(attempt(student, at), 'an error was due: a symlink is in the way')
    same(fs.lstatSync(at).isSymbolicLink(), true, 'whether the symlink is still there')
    same(fs.existsSync(`${at}1`), true, 'whether what it leads to is still there')
    fs.rmSync(at)
    note(recorder, 'the symlink is removed')
    await begin(student, at)
  },
)

test(
  'goes on after a client left without reading its answer',
  events,
  async ({ student, connect, random, recorder, scratch, watch }) => {
    const at = place(scratch, 'gone')
    await begin(student, at)
    const rude = await connect({ path: at })
    // So much that some of the answer is still in the kernel when the client goes: that is an error there.
    rude.pause()
    await rude.write(`${random.word(8).repeat(20 * 1024)}\n`)
    await watch.settled()
    note(recorder, 'the client closes its socket, and has not read its answer')
    await rude.destroy()
    await watch.settled()
    const client = await connect({ path: at })
    await client.write('next\n')
    await client.expect('NEXT\n')
  },
)

test(
  'returns the reply line, however the bytes are cut',
  lines(2),
  async ({ student, listen, random, scratch, everyCut }) => {
    const at = place(scratch, 'ask')
    const server = await listen(at)
    const line = `grüß ${random.word(4)}`
    const reply = Buffer.from(` ${random.word(4)} GRÜSS\r\n`)
    await everyCut(reply.length, async (cuts) => {
      const asked = student.call(ASK, at, line)
      const client = await server.accept()
      await client.expect(`${line}\n`)
      await client.write(reply, cuts)
      same(await asked, reply.toString().slice(0, -1), 'the resolved text')
      client.end()
    })
  },
)

test(
  'returns at the newline and closes, though the server does not',
  lines(1),
  async ({ student, listen, random, scratch }) => {
    const at = place(scratch, 'open')
    const server = await listen(at)
    const reply = random.word()
    const asked = student.call(ASK, at, '')
    const client = await server.accept()
    await client.expect('\n')
    await client.write(`${reply}\n`)
    same(await asked, reply, 'the resolved text')
    await client.expectGone()
  },
)

test(
  'rejects when the connection ends before a full line',
  lines(1),
  async ({ student, listen, random, scratch }) => {
    const at = place(scratch, 'half')
    const server = await listen(at)
    for (const half of [random.word(), '']) {
      const asked = student.call(ASK, at, 'hello')
      const client = await server.accept()
      await client.expect('hello\n')
      await client.write(half)
      client.end()
      await rejection(asked, 'an error was due: no full line came')
    }
  },
)

test(
  'rejects with ENOENT or ECONNREFUSED where nobody listens',
  events,
  async ({ student, listen, recorder, scratch }) => {
    const at = place(scratch, 'nobody')
    const missing = await rejection(student.call(ASK, at, 'hello'), 'ENOENT was due')
    same(missing.code, 'ENOENT', "the error's code")
    await leaveStale(listen, at, recorder)
    const refused = await rejection(student.call(ASK, at, 'hello'), 'ECONNREFUSED was due')
    same(refused.code, 'ECONNREFUSED', "the error's code")
  },
)
