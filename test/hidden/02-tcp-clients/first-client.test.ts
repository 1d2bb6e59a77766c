import { everyByte, rejection, same, test } from '../../harness/index.ts'

const sends = { meta: { points: 2, lesson: 'Connect and send' } }
const halfClose = { meta: { points: 2, lesson: 'Half-close' } }
const reads = { meta: { points: 2, lesson: 'Reading to the end' } }
const errors = { meta: { points: 1, lesson: 'When connecting fails' } }

test(
  'sends the message as UTF-8 and half-closes',
  halfClose,
  async ({ student, listen, random }) => {
    const server = await listen()
    const message = `你好 ${random.word()}`
    const asked = student.call('ask', server.address, message)
    const client = await server.accept()
    await client.expect(message)
    await client.expectEnd()
    client.end()
    same(await asked, '', 'the resolved text')
  },
)

test(
  'returns a reply that comes only after its FIN',
  halfClose,
  async ({ student, listen, random }) => {
    const server = await listen()
    const reply = random.word()
    const asked = student.call('ask', server.address, 'hello')
    const client = await server.accept()
    await client.readToEnd()
    await client.write(reply)
    client.end()
    same(await asked, reply, 'the resolved text')
  },
)

test(
  'returns everything up to the FIN, not just the first chunk',
  reads,
  async ({ student, listen, random }) => {
    const server = await listen()
    const reply = `${random.word()}\n${random.word()}\n`
    const asked = student.call('ask', server.address, 'hello')
    const client = await server.accept()
    await client.readToEnd()
    await client.write(reply, everyByte(reply.length))
    client.end()
    same(await asked, reply, 'the resolved text')
  },
)

test(
  'keeps a character whole whose bytes come in two chunks',
  reads,
  async ({ student, listen, random }) => {
    const server = await listen()
    const reply = Buffer.from(`${random.word()}你好`)
    const asked = student.call('ask', server.address, 'hello')
    const client = await server.accept()
    await client.readToEnd()
    await client.write(reply, everyByte(reply.length))
    client.end()
    same(await asked, reply.toString(), 'the resolved text')
  },
)

test(
  'sends a message of 8 MiB whole to a server that reads late',
  sends,
  async ({ student, listen, random }) => {
    const server = await listen()
    const message = random.word(8).repeat(1024 * 1024)
    const asked = student.call('ask', server.address, message)
    const client = await server.accept()
    client.pause()
    await client.write('early')
    client.resume()
    same(
      (await client.readToEnd()).length,
      message.length,
      'the number of bytes that the server got',
    )
    client.end()
    same(await asked, 'early', 'the resolved text')
  },
)

test('closes its socket when the exchange is over', sends, async ({ student, listen }) => {
  const server = await listen()
  const asked = student.call('ask', server.address, '')
  const client = await server.accept()
  await client.expectEnd()
  await client.write('bye')
  client.end()
  same(await asked, 'bye', 'the resolved text')
})

test('rejects with ECONNREFUSED when nobody listens', errors, async ({ student, closedPort }) => {
  const asked = student.call('ask', await closedPort(), 'hello')
  const error = await rejection(asked, 'ECONNREFUSED was due')
  same(error.code, 'ECONNREFUSED', "the error's code")
})

test(
  'rejects with ECONNRESET when the server resets the connection',
  errors,
  async ({ student, listen }) => {
    const server = await listen()
    const asked = student.call('ask', server.address, 'hello')
    const client = await server.accept()
    await client.readToEnd()
    await client.write('half an ans')
    client.reset()
    const error = await rejection(asked, 'ECONNRESET was due')
    same(error.code, 'ECONNRESET', "the error's code")
  },
)
