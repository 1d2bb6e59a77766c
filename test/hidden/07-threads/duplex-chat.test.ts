import {
  eventually,
  everyByte,
  Finding,
  rejection,
  type Server,
  type Student,
  type StudentError,
  same,
  test,
  type Watch,
} from '../../harness/index.ts'

const JOIN = 'joinDuplexChat'

const duplex = (points: number) => ({ meta: { points, lesson: 'Both may speak at once' } })
const threads = { meta: { points: 2, lesson: 'A socket in a thread of its own' } }
const next = (points: number) => ({ meta: { points, lesson: 'Handing a socket over' } })
const ends = (points: number) => ({ meta: { points, lesson: 'Everything must end' } })
const errors = { meta: { points: 1, lesson: 'Errors arrive as events' } }

function start(student: Student): Promise<Server> {
  return student.start('startDuplexChat', { host: '127.0.0.1', port: 0 })
}

/**
 * Waits until as many lines have been printed as the peer's, and fails unless they are these. A prompt of the
 * program's own may stand before one, so they are looked for and not waited for as whole lines.
 */
async function expectPrinted({ stdout }: Student, watch: Watch, lines: string[]): Promise<void> {
  const hasCome = () => printed(stdout.text).length >= lines.length
  for (let turn = 0; turn < 10 && !hasCome(); turn++) await watch.turn()
  if (!hasCome()) await watch.settled()
  if (!hasCome()) await stdout.expectLine(`peer: ${lines.at(-1)}`)
  // A person reads the wrong lines better all than as many as happened to be there.
  if (printed(stdout.text).join() !== lines.join()) await watch.settled()
  same(asText(printed(stdout.text)), asText(lines), "what was printed of the peer's lines")
}

/** What stands behind `peer: ` in each line. */
function printed(text: string): string[] {
  return [...text.matchAll(/peer: (.*)\n/g)].map(([, line]) => line ?? '')
}

function asText(lines: string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}

/** Fails unless a thread besides the first one runs while a chat is on. */
async function expectThread(student: Student): Promise<void> {
  const { threads } = await student.view()
  if (threads > 0) return
  const message = 'a chat is on, and the program has no other thread than its first one'
  throw new Finding({ kind: 'wrong value', message })
}

async function expectNoThread(student: Student, watch: Watch, why: string): Promise<void> {
  const isNone = await eventually(watch, async () => (await student.view()).threads === 0)
  if (!isNone) throw new Finding({ kind: 'still there', message: why })
}

test(
  'lets both speak at any time, any number of lines',
  duplex(2),
  async ({ freshStudent, connect, random, watch }) => {
    const joiner = await connect((await start(freshStudent)).address)
    const word = () => ` ${random.word()} 你好 `
    const heard = [word()]
    await joiner.write(asText(heard))
    await expectPrinted(freshStudent, watch, heard)
    const said = [word(), word(), word()]
    freshStudent.type(asText(said))
    await joiner.expect(asText(said))
    const more = [word(), word(), word()]
    heard.push(...more)
    await joiner.write(asText(more))
    await expectPrinted(freshStudent, watch, heard)
    const late = word()
    freshStudent.type(`${late}\n`)
    await joiner.expect(`${late}\n`)
  },
)

test(
  'joins, and lets both speak at any time',
  duplex(2),
  async ({ freshStudent, listen, random, watch }) => {
    const listener = await listen()
    const early = [`1${random.word()}`, `2${random.word()}`]
    freshStudent.type(asText(early))
    freshStudent.call(JOIN, listener.address)
    const server = await listener.accept()
    await server.expect(asText(early))
    const heard = [` ${random.word()} 好 `, random.word(), random.word()]
    await server.write(asText(heard))
    await expectPrinted(freshStudent, watch, heard)
    const late = [random.word(), random.word()]
    freshStudent.type(asText(late))
    await server.expect(asText(late))
  },
)

test(
  "has a thread for the server's end of a chat",
  threads,
  async ({ freshStudent, connect, random, watch }) => {
    const joiner = await connect((await start(freshStudent)).address)
    const word = random.word()
    await joiner.write(`${word}\n`)
    await expectPrinted(freshStudent, watch, [word])
    await expectThread(freshStudent)
  },
)

test("has a thread for the joiner's end of a chat", threads, async ({ freshStudent, listen }) => {
  const listener = await listen()
  freshStudent.call(JOIN, listener.address)
  const server = await listener.accept()
  freshStudent.type('hello\n')
  await server.expect('hello\n')
  await expectThread(freshStudent)
})

test(
  "prints the peer's line whole, however its bytes are cut",
  duplex(1),
  async ({ freshStudent, connect, random, watch }) => {
    const joiner = await connect((await start(freshStudent)).address)
    const length = Buffer.byteLength('word你好word\n')
    const heard: string[] = []
    for (const cuts of [['word'.length], everyByte(length), random.cuts(length)]) {
      heard.push(`${random.word(4)}你好${random.word(4)}`)
      await joiner.write(`${heard.at(-1)}\n`, cuts)
      await expectPrinted(freshStudent, watch, heard)
    }
  },
)

test(
  'takes an empty line for a line',
  duplex(1),
  async ({ freshStudent, connect, random, watch }) => {
    const joiner = await connect((await start(freshStudent)).address)
    const word = random.word()
    await joiner.write(`\n${word}\n`)
    await expectPrinted(freshStudent, watch, ['', word])
    freshStudent.type(`\n${word}\n`)
    await joiner.expect(`\n${word}\n`)
  },
)

test(
  'sends all that was typed before the end of input to a server that reads late, then FIN',
  ends(2),
  async ({ freshStudent, listen, random, watch }) => {
    const listener = await listen()
    const joined = freshStudent.call(JOIN, listener.address)
    const server = await listener.accept()
    server.pause()
    // More than the kernels take for a reader that does not read.
    const line = `${random.word(16).repeat(4096)}\n`
    const count = 128
    for (let typed = 0; typed < count; typed++) freshStudent.type(line)
    freshStudent.endInput()
    await watch.settled()
    // Whether the program still lives is asked before anything is read: how much of it comes is chance.
    await freshStudent.view()
    server.resume()
    const got = await server.readToEnd()
    server.end()
    await joined
    if (got.length < line.length * count) {
      const message = 'the connection ended (FIN) before all that had been typed was sent'
      throw new Finding({ kind: 'ended early', message })
    }
    same(got.equals(Buffer.from(line.repeat(count))), true, 'whether what came is what was typed')
  },
)

test(
  "ends the chat when the operator's input has ended",
  ends(1),
  async ({ freshStudent, connect, random, watch }) => {
    const joiner = await connect((await start(freshStudent)).address)
    await joiner.write('hello\n')
    await expectPrinted(freshStudent, watch, ['hello'])
    const said = [random.word(), random.word()]
    freshStudent.type(asText(said))
    freshStudent.endInput()
    await joiner.expect(asText(said))
    await joiner.expectGone()
  },
)

test(
  'chats with one joiner at a time, and the next ones have lost nothing',
  next(2),
  async ({ freshStudent, connect, random, watch }) => {
    const { address } = await start(freshStudent)
    const first = await connect(address)
    const word = (n: number) => `${n}${random.word()}`
    const heard = [word(1)]
    await first.write(asText(heard))
    await expectPrinted(freshStudent, watch, heard)
    const [two, three] = [[word(2), word(2)], [word(3)]]
    // The second one says all that it has to say while it waits.
    const second = await connect(address)
    await second.write(asText(two))
    second.end()
    await watch.settled()
    same(asText(printed(freshStudent.stdout.text)), asText(heard), 'what was printed until now')
    const third = await connect(address)
    await third.write(asText(three))
    await watch.settled()
    first.end()
    await first.expectGone()
    await expectPrinted(freshStudent, watch, [...heard, ...two, ...three])
    const answer = random.word()
    freshStudent.type(`${answer}\n`)
    await third.expect(`${answer}\n`)
  },
)

test(
  'goes on with the next joiner after a reset, and skips one that reset while it waited',
  next(1),
  async ({ freshStudent, connect, random, watch }) => {
    const { address } = await start(freshStudent)
    const [first, second, third] = [
      await connect(address),
      await connect(address),
      await connect(address),
    ]
    const [one, two, three] = [`1${random.word()}`, `2${random.word()}`, `3${random.word()}`]
    await first.write(`${one}\n`)
    await expectPrinted(freshStudent, watch, [one])
    second.reset()
    await watch.settled()
    first.reset()
    await watch.settled()
    await third.write(`${two}\n`)
    await expectPrinted(freshStudent, watch, [one, two])
    freshStudent.type(`${three}\n`)
    await third.expect(`${three}\n`)
  },
)

test(
  'goes on with its chat after close, and then no thread is left',
  ends(2),
  async ({ freshStudent, connect, random, watch }) => {
    const server = await start(freshStudent)
    const joiner = await connect(server.address)
    const [one, two] = [`1${random.word()}`, `2${random.word()}`]
    await joiner.write(`${one}\n`)
    await expectPrinted(freshStudent, watch, [one])
    await server.close()
    await watch.settled()
    await joiner.write(`${two}\n`)
    await expectPrinted(freshStudent, watch, [one, two])
    freshStudent.type(`${one}\n`)
    await joiner.expect(`${one}\n`)
    joiner.end()
    await joiner.expectGone()
    const why = 'the server is closed and the last joiner has left, but a thread still lives'
    await expectNoThread(freshStudent, watch, why)
  },
)

test(
  'resolves when the server leaves, and leaves no thread behind',
  ends(2),
  async ({ freshStudent, listen, random, watch }) => {
    const listener = await listen()
    const joined = freshStudent.call(JOIN, listener.address)
    const server = await listener.accept()
    const word = random.word()
    await server.write(`${word}\n`)
    server.end()
    await server.expectGone()
    await joined
    await expectPrinted(freshStudent, watch, [word])
    await expectNoThread(freshStudent, watch, 'the chat is over, but its thread still lives')
  },
)

test(
  'ends the chat when the server resets',
  errors,
  async ({ freshStudent, listen, random, watch }) => {
    const listener = await listen()
    const joined = freshStudent.call(JOIN, listener.address)
    const server = await listener.accept()
    const word = random.word()
    await server.write(`${word}\n`)
    await expectPrinted(freshStudent, watch, [word])
    server.reset()
    // An RST ends the chat, so the promise resolves; to reject with its error is as good an end.
    await joined.catch((error: StudentError) => {
      if (error.code !== 'ECONNRESET') throw error
    })
  },
)

test('rejects with EADDRINUSE when the port is taken', errors, async ({ freshStudent, listen }) => {
  const { address } = await listen()
  const error = await rejection(freshStudent.call('startDuplexChat', address), 'EADDRINUSE was due')
  same(error.code, 'EADDRINUSE', "the error's code")
})

test(
  'rejects with ECONNREFUSED when nobody listens',
  errors,
  async ({ freshStudent, closedPort }) => {
    const error = await rejection(
      freshStudent.call(JOIN, await closedPort()),
      'ECONNREFUSED was due',
    )
    same(error.code, 'ECONNREFUSED', "the error's code")
  },
)
