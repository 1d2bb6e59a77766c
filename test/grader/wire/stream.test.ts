import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { digest, PIECE, pieces, repeated } from '../../../grader/wire/stream.ts'
import { found } from './plain-waiter.ts'
import { test } from './sockets.ts'

const MIB = 1024 * 1024
const source = repeated(Buffer.from('abcdefg'))

test('a repeated block goes on where it stopped', () => {
  expect(Buffer.from(source(0, 9)).toString()).toBe('abcdefgab')
  expect(Buffer.from(source(5, 16)).toString()).toBe('fgabcdefgab')
  expect(source(3, 3).length).toBe(0)
})

test('pieces are the whole, and the digest is of the whole', () => {
  const length = 2 * PIECE + 5
  const whole = Buffer.concat([...pieces(source, length)])
  expect(whole.equals(source(0, length))).toBe(true)
  expect(digest('md5', source, length)).toBe(createHash('md5').update(whole).digest('hex'))
  expect([...pieces(source, 0)]).toEqual([])
})

test('a stream of many MiB goes through and none of it is held', async ({ pair }) => {
  const { peer, socket } = pair
  socket.pipe(socket)
  const length = 20 * MIB
  await Promise.all([peer.stream(source, length), peer.expectStream(source, length)])
  expect(peer.received.length).toBe(0)
})

test('a long stream is a line or two of the recording', async ({ pair }) => {
  const { peer, socket, recorder } = pair
  socket.resume()
  await peer.stream(source, 5 * MIB)
  const lines = recorder.events.filter((event) => event.kind === 'data')
  expect(lines.length).toBe(1)
  expect(lines[0]).toMatchObject({ length: 5 * MIB })
})

test('what follows a stream is read as ever', async ({ pair: { peer, socket } }) => {
  socket.end(Buffer.concat([source(0, 100_000), Buffer.from('then\n')]))
  await peer.expectStream(source, 100_000)
  expect(await peer.readLine()).toBe('then')
  await peer.expectEnd()
})

test('the first byte of a stream that differs is told', async ({ pair: { peer, socket } }) => {
  const bytes = Buffer.from(source(0, 200_000))
  bytes[150_000] = 0
  socket.write(bytes)
  const { kind, message, differ } = await found(peer.expectStream(source, 200_000))
  expect([kind, message, differ?.at]).toEqual([
    'wrong bytes',
    'byte 150000 of the stream is not the one that was due',
    0,
  ])
})

test('a stream that ends early says how far it came', async ({ pair: { peer, socket } }) => {
  socket.end(source(0, 1000))
  expect(await found(peer.expectStream(source, 2000))).toMatchObject({
    kind: 'ended early',
    message: 'only 1000 of 2000 bytes came before the end (FIN)',
  })
})

test('a stream that stops coming, too', async ({ pair: { peer, socket, waiter } }) => {
  socket.write(source(0, 1000))
  // one whole block, so that what comes next begins the source again
  await peer.read(7)
  const failing = found(peer.expectStream(source, 2000))
  await waiter.nothingComes()
  expect((await failing).kind).toBe('too few bytes')
})

test('a reader that stops is told of, one that leaves is not', async ({ pair }) => {
  const { peer, socket, waiter } = pair
  const failing = found(peer.stream(source, 64 * MIB))
  await new Promise((resolve) => setTimeout(resolve, 50))
  await waiter.nothingComes()
  expect((await failing).kind).toBe('stopped reading')
  socket.destroy()
  await peer.stream(source, 64 * MIB)
})
