import {
  everyByte,
  rejection,
  type Server,
  type Student,
  type StudentError,
  same,
  test,
  type Watch,
} from '../../harness/index.ts'

const JOIN = 'joinTurnChat'

const turns = (points: number) => ({ meta: { points, lesson: 'Two ends that take turns' } })
const ends = (points: number) => ({ meta: { points, lesson: 'Everything must end' } })
const errors = { meta: { points: 1, lesson: 'Errors arrive as events' } }

function start(student: Student): Promise<Server> {
  return student.start('startTurnChat', { host: '127.0.0.1', port: 0 })
}

/**
 * Waits until as many lines have been printed as the peer's, and fails unless they are these. A prompt of the
 * program's own may stand before one, so they are looked for and not waited for as whole lines.
 */
async function expectPrinted({ stdout }: Student, watch: Watch, lines: string[]): Promise<void> {
  const hasCome = () => printed(stdout.text).length >= lines.length
  for (let turn = 0; turn < 20 && !hasCome(); turn++) await watch.turn()
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

test(
  'lets the joiner speak first, and then both in turn',
  turns(2),
  async ({ freshStudent, connect, random, watch }) => {
    const joiner = await connect((await start(freshStudent)).address)
    const heard: string[] = []
    for (let round = 0; round < 3; round++) {
      const [line, answer] = [` ${random.word()} 你好 `, `  ${random.word()} 好 `]
      heard.push(line)
      await joiner.write(`${line}\n`)
      await expectPrinted(freshStudent, watch, heard)
      freshStudent.type(`${answer}\n`)
      await joiner.expect(`${answer}\n`)
    }
  },
)

test(
  'keeps what the operator types out of turn until its turn comes',
  turns(2),
  async ({ freshStudent, connect, random, watch }) => {
    const { address } = await start(freshStudent)
    const answers = ['1', '2', '3'].map((n) => n + random.word())
    freshStudent.type(`${answers[0]}\n`)
    await watch.settled()
    const joiner = await connect(address)
    freshStudent.type(`${answers[1]}\n${answers[2]}\n`)
    for (const answer of answers) {
      await watch.settled()
      joiner.expectSilence('the joiner got a line though the turn was its own')
      await joiner.write(`${random.word()}\n`)
      await joiner.expect(`${answer}\n`)
    }
  },
)

test(
  'joins, speaks first and keeps the other lines until their turns come',
  turns(2),
  async ({ freshStudent, listen, random, watch }) => {
    const listener = await listen()
    freshStudent.call(JOIN, listener.address)
    const server = await listener.accept()
    const lines = ['1', '2', '3'].map((n) => n + random.word())
    freshStudent.type(lines.map((line) => `${line}\n`).join(''))
    const heard: string[] = []
    for (const line of lines) {
      await server.expect(`${line}\n`)
      await watch.settled()
      server.expectSilence("the joiner spoke again though the turn was the server's")
      const answer = `${random.word()} 好`
      heard.push(answer)
      await server.write(`${answer}\n`)
      await expectPrinted(freshStudent, watch, heard)
    }
    const late = random.word()
    freshStudent.type(`${late}\n`)
    await server.expect(`${late}\n`)
  },
)

test(
  'takes an empty line for a turn',
  turns(1),
  async ({ freshStudent, connect, random, watch }) => {
    const joiner = await connect((await start(freshStudent)).address)
    await joiner.write('\n')
    await expectPrinted(freshStudent, watch, [''])
    const answer = random.word()
    freshStudent.type(`\n${answer}\n`)
    await joiner.expect('\n')
    await watch.settled()
    joiner.expectSilence('the joiner got a line though the turn was its own')
    await joiner.write('\n')
    await joiner.expect(`${answer}\n`)
  },
)

test(
  "prints the peer's line whole, however its bytes are cut",
  turns(1),
  async ({ freshStudent, connect, random, watch }) => {
    const joiner = await connect((await start(freshStudent)).address)
    const length = Buffer.byteLength('word你好word\n')
    const heard: string[] = []
    for (const cuts of [['word'.length], everyByte(length), random.cuts(length)]) {
      heard.push(`${random.word(4)}你好${random.word(4)}`)
      await joiner.write(`${heard.at(-1)}\n`, cuts)
      await expectPrinted(freshStudent, watch, heard)
      freshStudent.type('ok\n')
      await joiner.expect('ok\n')
    }
  },
)

test(
  "ends the chat when the operator's input has ended and its lines have had their turns",
  ends(2),
  async ({ freshStudent, connect, random, watch }) => {
    const joiner = await connect((await start(freshStudent)).address)
    const answers = ['1', '2'].map((n) => n + random.word())
    freshStudent.type(answers.map((line) => `${line}\n`).join(''))
    freshStudent.endInput()
    for (const answer of answers) {
      await watch.settled()
      joiner.expectSilence("the operator's waiting lines have not had their turns yet")
      await joiner.write(`${random.word()}\n`)
      await joiner.expect(`${answer}\n`)
    }
    // A program that reads its keyboard in its own turns alone learns of the end in the next one.
    await watch.settled()
    if (!joiner.ending) await joiner.write(`${random.word()}\n`)
    await joiner.expectGone()
    const got = joiner.received.toString()
    same(got, answers.map((line) => `${line}\n`).join(''), 'what the joiner got in all')
  },
)

test(
  'leaves when its own input has ended and its lines have had their turns',
  ends(2),
  async ({ freshStudent, listen, random, watch }) => {
    const listener = await listen()
    const joined = freshStudent.call(JOIN, listener.address)
    const server = await listener.accept()
    const lines = ['1', '2'].map((n) => n + random.word())
    freshStudent.type(lines.map((line) => `${line}\n`).join(''))
    freshStudent.endInput()
    await server.expect(`${lines[0]}\n`)
    await watch.settled()
    server.expectSilence("the joiner's waiting line has not had its turn yet")
    await server.write(`${random.word()}\n`)
    await server.expect(`${lines[1]}\n`)
    await watch.settled()
    if (!server.ending) await server.write(`${random.word()}\n`)
    await server.expectGone()
    server.end()
    await joined
    same(server.received.toString(), lines.map((line) => `${line}\n`).join(''), 'all that was sent')
  },
)

test(
  'chats with one joiner at a time, and then with the next',
  turns(2),
  async ({ freshStudent, connect, random, watch }) => {
    const { address } = await start(freshStudent)
    const [first, second] = [await connect(address), await connect(address)]
    const [one, two] = [`1${random.word()}`, `2${random.word()}`]
    await second.write(`${two}\n`)
    await watch.settled()
    same(
      asText(printed(freshStudent.stdout.text)),
      '',
      'what was printed of a joiner who has to wait',
    )
    await first.write(`${one}\n`)
    await expectPrinted(freshStudent, watch, [one])
    freshStudent.type(`${one}\n`)
    await first.expect(`${one}\n`)
    await watch.settled()
    if (!second.ending) second.expectSilence('a joiner who has to wait got a line')
    first.end()
    await first.expectGone()
    // One who was sent away, not kept waiting, comes again.
    const next = second.ending ? await connect(address) : second
    if (next !== second) await next.write(`${two}\n`)
    await expectPrinted(freshStudent, watch, [one, two])
    freshStudent.type(`${two}\n`)
    await next.expect(`${two}\n`)
  },
)

test(
  "begins each chat with the joiner's turn, however the last one left",
  ends(2),
  async ({ freshStudent, connect, random, watch }) => {
    const { address } = await start(freshStudent)
    const heard: string[] = []
    for (const leave of ['end', 'reset'] as const) {
      // Leaves in the operator's turn, and nothing is typed in it.
      const gone = await connect(address)
      heard.push(random.word())
      await gone.write(`${heard.at(-1)}\n`)
      await expectPrinted(freshStudent, watch, heard)
      gone[leave]()
      if (leave === 'end') await gone.expectGone()
      await watch.settled()

      const next = await connect(address)
      const answer = random.word()
      freshStudent.type(`${answer}\n`)
      await watch.settled()
      next.expectSilence('a new chat began, and the joiner got a line before it had spoken')
      heard.push(random.word())
      await next.write(`${heard.at(-1)}\n`)
      await expectPrinted(freshStudent, watch, heard)
      await next.expect(`${answer}\n`)
      next.end()
      await next.expectGone()
    }
  },
)

test(
  "resolves when the server leaves in the joiner's turn",
  ends(1),
  async ({ freshStudent, listen, random, watch }) => {
    const listener = await listen()
    const joined = freshStudent.call(JOIN, listener.address)
    const server = await listener.accept()
    freshStudent.type(`${random.word()}\n`)
    await server.readLine()
    const answer = random.word()
    await server.write(`${answer}\n`)
    await expectPrinted(freshStudent, watch, [answer])
    server.end()
    await joined
    await server.expectGone()
  },
)

test('ends the chat when the server resets', errors, async ({ freshStudent, listen, random }) => {
  const listener = await listen()
  const joined = freshStudent.call(JOIN, listener.address)
  const server = await listener.accept()
  freshStudent.type(`${random.word()}\n`)
  await server.readLine()
  server.reset()
  // An RST ends the chat, so the promise resolves; to reject with its error is as good an end.
  await joined.catch((error: StudentError) => {
    if (error.code !== 'ECONNRESET') throw error
  })
})

test('rejects with EADDRINUSE when the port is taken', errors, async ({ freshStudent, listen }) => {
  const { address } = await listen()
  const error = await rejection(freshStudent.call('startTurnChat', address), 'EADDRINUSE was due')
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
