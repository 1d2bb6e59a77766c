import { Finding, rejection, same, test } from '../../harness/index.ts'

const SEND = 'sendInTurn'

const turns = { meta: { points: 2, lesson: 'One question, one answer' } }
const pauses = { meta: { points: 2, lesson: 'A pause is not a boundary' } }
const pieces = { meta: { points: 2, lesson: 'A stream has no messages' } }
const lines = { meta: { points: 1, lesson: 'Where messages end' } }
const characters = { meta: { points: 1, lesson: 'Bytes, not characters' } }
const errors = { meta: { points: 1, lesson: 'Errors arrive as events' } }

test(
  'sends each message as a line and returns the replies in order',
  turns,
  async ({ student, listen, random }) => {
    const server = await listen()
    const messages = Array.from({ length: 5 }, () => `${random.word()} 你好`)
    const replies = messages.map(() => random.word())
    const asked = student.call(SEND, server.address, messages)
    const client = await server.accept()
    for (const [i, message] of messages.entries()) {
      await client.expect(`${message}\n`)
      await client.write(`${replies[i]}\n`)
    }
    same(await asked, replies, 'the list of replies')
    same(await student.call(SEND, server.address, []), [], 'the list of replies to no messages')
  },
)

test(
  'holds the second message back until the first has a reply',
  turns,
  async ({ student, listen, random, watch }) => {
    const server = await listen()
    const [one, two] = [random.word(), random.word()]
    const asked = student.call(SEND, server.address, [one, two])
    const client = await server.accept()
    await client.expect(`${one}\n`)
    await watch.turn()
    client.expectSilence('the second message came before the first had a reply')
    await client.write('ok\n')
    await client.expect(`${two}\n`)
    await client.write('bye\n')
    same(await asked, ['ok', 'bye'], 'the list of replies')
  },
)

test(
  'waits for the end of a reply line, however slowly it comes',
  pauses,
  async ({ student, listen, random, watch }) => {
    const server = await listen()
    const [one, two, reply] = [random.word(), random.word(), random.word(3)]
    const asked = student.call(SEND, server.address, [one, two])
    const client = await server.accept()
    await client.expect(`${one}\n`)
    await client.drip(reply, 150)
    await watch.settled()
    client.expectSilence('the next message came before the reply line to the last was whole')
    await client.write('\n')
    await client.expect(`${two}\n`)
    await client.write('bye\n')
    same(await asked, [reply, 'bye'], 'the list of replies')
  },
)

test(
  'takes a reply for whole at its newline, however it is cut',
  pieces,
  async ({ student, listen, random, everyCut }) => {
    const server = await listen()
    const [message, reply] = [random.word(), `${random.word()} ${random.word()}`]
    await everyCut(reply.length + 1, async (cuts) => {
      const asked = student.call<string[]>(SEND, server.address, [message])
      const client = await server.accept()
      await client.expect(`${message}\n`)
      await client.write(`${reply}\n`, cuts)
      const [got] = await asked
      await client.expectGone()
      same(got, reply, 'the reply')
    })
  },
)

test(
  'keeps a character whole whose bytes come in two pieces',
  characters,
  async ({ student, listen, random, everyCut }) => {
    const server = await listen()
    const reply = `${random.word(2)}é你😀`
    await everyCut(Buffer.byteLength(reply) + 1, async (cuts) => {
      const asked = student.call<string[]>(SEND, server.address, ['hello'])
      const client = await server.accept()
      await client.expect('hello\n')
      await client.write(`${reply}\n`, cuts)
      const [got] = await asked
      await client.expectGone()
      same(got, reply, 'the reply')
    })
  },
)

test('passes each reply on unchanged', lines, async ({ student, listen, random }) => {
  const server = await listen()
  const word = random.word()
  const replies = [`  ${word}\t `, `${word}\r`, `a\r${word}`, '\r', `a\u2028${word}`, ' ']
  const asked = student.call(
    SEND,
    server.address,
    replies.map(() => 'next'),
  )
  const client = await server.accept()
  for (const reply of replies) {
    await client.expect('next\n')
    await client.write(`${reply}\n`)
  }
  same(await asked, replies, 'the list of replies')
})

test(
  'takes an empty message and an empty reply for messages',
  lines,
  async ({ student, listen, random }) => {
    const server = await listen()
    const word = random.word()
    const asked = student.call(SEND, server.address, [word, '', 'bye'])
    const client = await server.accept()
    await client.expect(`${word}\n`)
    await client.write('\n')
    await client.expect('\n')
    await client.write('ok\n')
    await client.expect('bye\n')
    await client.write('\n')
    same(await asked, ['', 'ok', ''], 'the list of replies')
  },
)

test(
  'rejects a message with a newline in it before it connects',
  lines,
  async ({ student, listen, random, watch }) => {
    const server = await listen()
    const asked = student.call(SEND, server.address, [
      `${random.word()}\n${random.word()}`,
      random.word(),
    ])
    await rejection(asked, 'a message contains a newline and would be two')
    await watch.settled()
    same(server.waiting, 0, 'the number of connections made')
    const next = student.call(SEND, server.address, ['hello'])
    const client = await server.accept()
    await client.expect('hello\n')
    await client.write('ok\n')
    same(await next, ['ok'], 'the list of replies to the next call')
  },
)

test(
  'rejects when the server ends before a reply is whole',
  errors,
  async ({ student, listen, random }) => {
    const server = await listen()
    const [one, two] = [random.word(), random.word()]
    const asked = student.call(SEND, server.address, [one, two])
    const client = await server.accept()
    await client.expect(`${one}\n`)
    await client.write('ok\n')
    await client.expect(`${two}\n`)
    await client.write('half a repl')
    client.end()
    await rejection(asked, 'the second reply had no end')
  },
)

test(
  'rejects with ECONNRESET when the server resets the connection',
  errors,
  async ({ student, listen, random, watch }) => {
    const server = await listen()
    const [one, two] = [random.word(), random.word()]
    const asked = student.call(SEND, server.address, [one, two])
    const client = await server.accept()
    await client.expect(`${one}\n`)
    await watch.settled()
    client.reset()
    const error = await rejection(asked, 'ECONNRESET was due')
    same(error.code, 'ECONNRESET', "the error's code")
  },
)

test('rejects with ECONNREFUSED when nobody listens', errors, async ({ student, closedPort }) => {
  const asked = student.call(SEND, await closedPort(), ['hello'])
  const error = await rejection(asked, 'ECONNREFUSED was due')
  same(error.code, 'ECONNREFUSED', "the error's code")
})

test(
  'has closed its socket in the end, though the server never closes',
  turns,
  async ({ student, listen, watch }) => {
    const server = await listen()
    const asked = student.call(SEND, server.address, ['hello'])
    const client = await server.accept()
    await client.expect('hello\n')
    await client.write('ok\n')
    same(await asked, ['ok'], 'the list of replies')
    await client.expectGone()
    await watch.settled()
    const { resources } = await student.view()
    if (!resources.some((resource) => resource.startsWith('TCP'))) return
    const message =
      'the replies have come, but the socket is still open and waits for the server to close'
    throw new Finding({ kind: 'still there', message })
  },
)
