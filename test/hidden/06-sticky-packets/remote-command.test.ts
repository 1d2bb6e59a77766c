import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import {
  Finding,
  type Peer,
  rejection,
  type Server,
  type Student,
  same,
  test,
  type Watch,
} from '../../harness/index.ts'

const lengths = (points: number) => ({ meta: { points, lesson: 'Saying the length first' } })
const bytes = { meta: { points: 2, lesson: 'Bytes, not characters' } }
const messages = (points: number) => ({ meta: { points, lesson: 'Where messages end' } })
const running = (points: number) => ({ meta: { points, lesson: 'Running a command for somebody' } })
const limits = { meta: { points: 3, lesson: 'A limit for everything' } }
const clients = { meta: { points: 2, lesson: 'State belongs to a connection' } }
const halfClose = { meta: { points: 2, lesson: 'Half-close: answers still owed' } }
const turns = { meta: { points: 2, lesson: 'One question, one answer' } }
const errors = { meta: { points: 1, lesson: 'Errors arrive as events' } }

function start(student: Student): Promise<Server> {
  return student.start('startCommandServer', { host: '127.0.0.1', port: 0 })
}

/** What the server answers when a command has printed this. */
function answer(output: string | Buffer): Buffer {
  const body = Buffer.from(output)
  return Buffer.concat([Buffer.from(`${body.length}\n`), body])
}

/** An empty folder of a test's own, where commands can leave something. */
function emptyFolder(scratch: string, name: string): string {
  const folder = path.join(scratch, name)
  fs.rmSync(folder, { recursive: true, force: true })
  fs.mkdirSync(folder, { recursive: true })
  return folder
}

/** A file that opens the way for commands that begin with `wait`. */
function gateIn(folder: string): { wait: string; open: () => void } {
  const file = path.join(folder, 'gate')
  return {
    wait: `until [ -e '${file}' ]; do sleep 0.02; done`,
    open: () => fs.writeFileSync(file, ''),
  }
}

/**
 * Our server answers the commands of one client and waits for it to leave. A client that sends them
 * all at once gets all the answers in one segment.
 */
async function serve(
  client: Peer,
  watch: Watch,
  answers: [command: string, output: string][],
): Promise<void> {
  const commands = answers.map(([command]) => `${command}\n`)
  await watch.settled()
  if (client.received.length >= Buffer.byteLength(commands.join(''))) {
    await client.expect(commands.join(''))
    await client.write(Buffer.concat(answers.map(([, output]) => answer(output))))
  } else {
    for (const [i, [, output]] of answers.entries()) {
      await client.expect(commands[i] ?? '')
      await client.write(answer(output))
    }
  }
  await expectLeaves(client, watch)
}

/** Waits for the client to close its side, and closes ours. If it does not, the transcript tells what it does then. */
async function expectLeaves(client: Peer, watch: Watch): Promise<void> {
  try {
    await client.expectGone()
  } catch (error) {
    client.end()
    await watch.settled()
    throw error
  }
  client.end()
}

test(
  'answers with the size of the output in bytes, and the output',
  lengths(1),
  async ({ student, connect, random }) => {
    const client = await connect((await start(student)).address)
    for (const word of [random.word(), `${random.word()} 你好`]) {
      await client.write(`echo '${word}'\n`)
      await client.expect(answer(`${word}\n`))
    }
    client.end()
    await client.expectEnd()
  },
)

test('sends the output byte for byte, text or not', bytes, async ({ student, connect }) => {
  const client = await connect((await start(student)).address)
  const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i))
  const octal = [...all].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
  await client.write(`printf '${octal}'\n`)
  await client.expect(answer(all))
})

test(
  'answers 0 to a command that does not exist, fails or prints nothing',
  running(1),
  async ({ student, connect, random }) => {
    const client = await connect((await start(student)).address)
    const word = random.word()
    for (const command of [`no-such-command-${word}`, `echo ${word}; exit 3`, 'true', '']) {
      await client.write(`${command}\n`)
      await client.expect('0\n')
    }
    await client.write(`echo ${word}\n`)
    await client.expect(answer(`${word}\n`))
  },
)

test(
  'gives a command an empty stdin and keeps its stderr out of the answer',
  running(1),
  async ({ student, connect, random }) => {
    const client = await connect((await start(student)).address)
    const word = random.word()
    await client.write(`echo oh dear >&2; echo ${word}\n`)
    await client.expect(answer(`${word}\n`))
    await client.write(`cat; echo ${word}\n`)
    await client.expect(answer(`${word}\n`))
  },
)

test(
  'goes on after a command that cannot even be started',
  running(1),
  async ({ student, connect, random }) => {
    const client = await connect((await start(student)).address)
    const word = random.word()
    // No program can be given an argument that holds a NUL.
    await client.write('echo \0\n')
    await client.read(Number(await client.readLine()))
    await client.write(`echo ${word}\n`)
    await client.expect(answer(`${word}\n`))
  },
)

test(
  'runs the commands of one connection one after another, in order',
  turns,
  async ({ student, connect, random, scratch }) => {
    const client = await connect((await start(student)).address)
    const file = path.join(emptyFolder(scratch, 'turns'), 'file')
    const [one, two, three] = [random.word(), random.word(), random.word()]
    await client.write(
      `sleep 0.3; echo ${one}; echo ${two} > '${file}'\ncat '${file}'\necho ${three}\n`,
    )
    for (const word of [one, two, three]) await client.expect(answer(`${word}\n`))
  },
)

test(
  'finds the commands however they are cut into segments',
  messages(2),
  async ({ student, connect, everyCut }) => {
    const { address } = await start(student)
    const commands = Buffer.from('printf 你好\necho a\n')
    await everyCut(commands.length, async (cuts) => {
      const client = await connect(address)
      await client.write(commands, cuts)
      await client.expect(Buffer.concat([answer('你好'), answer('a\n')]))
      client.end()
      await client.expectEnd()
    })
  },
)

test(
  'serves other connections while a command runs',
  clients,
  async ({ student, connect, random, scratch, closing }) => {
    const { address } = await start(student)
    const gate = gateIn(emptyFolder(scratch, 'side'))
    closing.add(gate.open)
    const [one, two] = [random.word(), random.word()]
    const first = await connect(address)
    await first.write(`${gate.wait}; echo ${one}\n`)
    const second = await connect(address)
    await second.write(`echo ${two}\n`)
    await second.expect(answer(`${two}\n`))
    gate.open()
    await first.expect(answer(`${one}\n`))
  },
)

test(
  'answers everything to a client that half-closed, then ends',
  halfClose,
  async ({ student, connect, random, scratch, watch, closing }) => {
    const client = await connect((await start(student)).address)
    const gate = gateIn(emptyFolder(scratch, 'half'))
    closing.add(gate.open)
    const [one, two] = [random.word(), random.word()]
    await client.write(`${gate.wait}; echo ${one}\necho ${two}\necho unended`)
    client.end()
    await sawFin(watch)
    gate.open()
    await client.expect(answer(`${one}\n`))
    await client.expect(answer(`${two}\n`))
    await client.expectEnd()
  },
)

test(
  'sends megabytes whole, to a client that half-closed and reads late too',
  lengths(2),
  async ({ student, connect, random, scratch, watch, closing }) => {
    const client = await connect((await start(student)).address)
    const folder = emptyFolder(scratch, 'megabytes')
    const gate = gateIn(folder)
    closing.add(gate.open)
    const done = path.join(folder, 'done')
    const size = random.int(8_000_000, 8_500_000)
    client.pause()
    await client.write(`${gate.wait}; head -c ${size} /dev/zero | tr '\\0' x; echo > '${done}'\n`)
    client.end()
    await sawFin(watch)
    gate.open()
    // The command ends when its output has been taken; nothing is read from the server before that.
    await watch.busy(() => until(() => fs.existsSync(done)))
    await watch.settled()
    const due = answer(Buffer.alloc(size, 'x'))
    await client.expectStream((from, to) => due.subarray(from, to), due.length)
    await client.expectEnd()
  },
)

test(
  'kills a command after five seconds, with all that it started',
  limits,
  async ({ student, connect, random, scratch, watch, closing }) => {
    const { address } = await start(student)
    const pipe = path.join(emptyFolder(scratch, 'limit'), 'pipe')
    execFileSync('mkfifo', [pipe])
    const fd = fs.openSync(pipe, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK)
    closing.add(() => fs.closeSync(fd))
    const [busy, patient] = [await connect(address), await connect(address)]
    const word = random.word()
    // Each of the three processes holds the pipe open for as long as it lives.
    await busy.write(`exec 3> '${pipe}'; sleep 10 & sleep 10; echo ${word}\necho ${word}\n`)
    await busy.expect('0\n')
    await watch.busy(() => until(() => isUnused(fd)))
    if (!isUnused(fd)) {
      throw new Finding({
        kind: 'still there',
        message: 'the command was answered with 0, but what it started is still running',
      })
    }
    await busy.expect(answer(`${word}\n`))
    await patient.write(`echo ${word}\n`)
    await patient.expect(answer(`${word}\n`))
  },
)

test(
  'goes on after a client reset its connection while its command ran',
  errors,
  async ({ student, connect, random, watch }) => {
    const { address } = await start(student)
    const rude = await connect(address)
    await rude.write('sleep 0.2; echo never\n')
    await watch.turn()
    rude.reset()
    await watch.settled()
    const client = await connect(address)
    const word = random.word()
    await client.write(`sleep 0.3; echo ${word}\n`)
    await client.expect(answer(`${word}\n`))
  },
)

test('rejects with EADDRINUSE when the port is taken', errors, async ({ student, listen }) => {
  const { address } = await listen()
  const error = await rejection(student.call('startCommandServer', address), 'EADDRINUSE was due')
  same(error.code, 'EADDRINUSE', "the error's code")
})

test(
  'runRemote returns what each command printed, and leaves',
  lengths(2),
  async ({ student, listen, random, watch }) => {
    const server = await listen()
    const answers: [string, string][] = [
      [random.word(), `${random.word()}\n${random.word()}\n`],
      [random.word(), ''],
      [random.word(), '你好'],
      [random.word(), `7\n${random.word()}`],
    ]
    const asked = student.call(
      'runRemote',
      server.address,
      answers.map(([command]) => command),
    )
    await serve(await server.accept(), watch, answers)
    same(
      await asked,
      answers.map(([, output]) => output),
      'what runRemote resolved with',
    )
  },
)

test(
  'runRemote puts answers together however they are cut into segments',
  messages(2),
  async ({ student, listen, everyCut, watch }) => {
    const server = await listen()
    const output = '你好\n12\n你'
    const bytes = answer(output)
    await everyCut(bytes.length, async (cuts) => {
      const asked = student.call('runRemote', server.address, ['hello'])
      const client = await server.accept()
      await client.expect('hello\n')
      await client.write(bytes, cuts)
      await expectLeaves(client, watch)
      same(await asked, [output], 'what runRemote resolved with')
    })
  },
)

test(
  'runRemote rejects a command that holds a newline',
  messages(1),
  async ({ student, listen, random, watch }) => {
    const server = await listen()
    const [one, two] = [random.word(), random.word()]
    const asked = student.call('runRemote', server.address, [one])
    await serve(await server.accept(), watch, [[one, two]])
    same(await asked, [two], 'what runRemote resolved with')
    const broken = student.call('runRemote', server.address, [`${one}\n${two}`])
    await rejection(broken, 'a command was not one line')
  },
)

test(
  'runRemote rejects a size that is no number',
  lengths(1),
  async ({ student, listen, random, watch }) => {
    const server = await listen()
    for (const size of [random.word(), '', '-5', '5.5', '5x']) {
      const asked = student.call('runRemote', server.address, ['hello'])
      const client = await server.accept()
      await client.expect('hello\n')
      await client.write(`${size}\n${random.word(5)}`)
      await watch.settled()
      // A client that has sent FIN may read to ours before it looks at the size.
      client.end()
      await rejection(asked, `the server sent "${size}\\n" for a size`)
      await client.expectGone()
    }
  },
)

test(
  'runRemote rejects when the connection ends before the last answer is whole',
  lengths(2),
  async ({ student, listen, watch }) => {
    const server = await listen()
    const due = 'the connection had ended before the second answer was whole'
    const ask = async (text: string) => {
      const asked = student.call('runRemote', server.address, ['one', 'two'])
      const client = await server.accept()
      await client.expect('one\n')
      await client.write('4\none\n')
      await client.expect('two\n')
      await watch.settled()
      await client.write(text)
      await watch.settled()
      return { asked, client }
    }
    for (const text of ['', '4', '4\n', '4\ntwo']) {
      const { asked, client } = await ask(text)
      client.end()
      await rejection(asked, due)
      await client.expectGone()
    }
    const { asked, client } = await ask('4\ntwo')
    client.reset()
    same((await rejection(asked, due)).code, 'ECONNRESET', "the error's code")
  },
)

test(
  'runRemote rejects with ECONNREFUSED when nobody listens',
  errors,
  async ({ student, closedPort }) => {
    const asked = student.call('runRemote', await closedPort(), ['hello'])
    const error = await rejection(asked, 'ECONNREFUSED was due')
    same(error.code, 'ECONNREFUSED', "the error's code")
  },
)

/** The program has seen a FIN that was sent. One that stands still while a command runs never will: no more than a second. */
async function sawFin(watch: Watch): Promise<void> {
  await Promise.race([watch.settled(), delay(1_000)])
}

/** Waits for what takes a right program an instant; a wrong one is given three seconds. */
async function until(isTrue: () => boolean): Promise<void> {
  for (let waited = 0; waited < 3_000 && !isTrue(); waited += 20) await delay(20)
}

/** Whether nobody has a pipe open for writing any more. */
function isUnused(fd: number): boolean {
  try {
    while (fs.readSync(fd, Buffer.alloc(64)) > 0);
    return true
  } catch {
    return false
  }
}
