import { once } from 'node:events'
import { expect } from 'vitest'
import { everyByte } from '../../../grader/wire/cuts.ts'
import { transcript } from '../../../grader/wire/transcript.ts'
import { found } from './plain-waiter.ts'
import { readAll, test } from './sockets.ts'

test('it knows its own name, and records who connected', ({ pair: { peer, socket, recorder } }) => {
  expect(peer.name).toEqual({ address: socket.remoteAddress, port: socket.remotePort })
  expect(recorder.events[0]).toMatchObject({
    kind: 'SYN',
    way: 'out',
    conn: 'A',
    from: { port: socket.localPort },
    to: peer.name,
  })
})

test('pieces between cuts arrive each alone', async ({ pair: { peer, socket, recorder } }) => {
  const chunks: string[] = []
  socket.on('data', (chunk) => chunks.push(String(chunk)))
  await peer.write('héllo', everyByte(6))
  peer.end()
  await once(socket, 'end')
  expect(chunks.length).toBe(6)
  expect(recorder.events.filter(({ kind, way }) => kind === 'data' && way === 'in').length).toBe(6)
})

test('drip sends a byte at a time, and stops when the connection is gone', async ({
  pair: { peer, socket, recorder },
}) => {
  const came = readAll(socket)
  await peer.drip('abc', 1)
  peer.end()
  expect(await came).toBe('abc')
  await peer.drip('never sent', 1)
  await peer.write('nor this')
  expect(recorder.events.filter(({ kind }) => kind === 'data').length).toBe(3)
})

test('a half-close leaves the other direction open', async ({ pair: { peer, socket } }) => {
  peer.end()
  peer.end()
  await readAll(socket)
  socket.end('a late reply')
  await peer.expect('a late reply')
  await peer.expectEnd()
  expect(peer.ending).toBe('FIN')
})

test('it never answers FIN with FIN by itself', async ({ pair: { peer, socket } }) => {
  const came = readAll(socket)
  socket.end()
  await peer.expectEnd()
  await peer.write('still here')
  peer.end()
  expect(await came).toBe('still here')
})

test('FIN and RST are told apart', async ({ pair: { peer, socket } }) => {
  socket.resetAndDestroy()
  await peer.expectGone()
  expect(peer.ending).toBe('RST')
  expect(await found(peer.expectEnd())).toMatchObject({ kind: 'reset', conn: 'A' })
  expect(await found(peer.readToEnd())).toMatchObject({ kind: 'reset' })
  expect(await found(peer.expect('more'))).toMatchObject({
    kind: 'reset',
    message: expect.stringContaining('"more"'),
  })
})

test('reset cuts the connection', async ({ pair: { peer, socket, recorder } }) => {
  peer.reset()
  peer.reset()
  const [error] = await once(socket, 'error')
  expect(error).toMatchObject({ code: 'ECONNRESET' })
  expect(recorder.events.filter(({ kind }) => kind === 'RST')).toMatchObject([{ way: 'in' }])
})

test('pause leaves the bytes of the other end in the kernel, resume takes them', async ({
  pair: { peer, socket, waiter },
}) => {
  peer.pause()
  const big = Buffer.alloc(20_000_000, 'x')
  socket.end(big)
  await waiter.turn()
  expect(socket.writableLength).toBeGreaterThan(0)
  const before = peer.received.length
  await waiter.turn()
  expect(peer.received.length).toBe(before)
  peer.resume()
  expect((await peer.readToEnd()).equals(big)).toBe(true)
})

test('expect goes on where the last one stopped, whatever the chunks', async ({
  pair: { peer, socket, waiter },
}) => {
  socket.write('one\ntwo')
  await peer.expect('one\n')
  const rest = peer.expect('two\n中')
  socket.write('\n')
  socket.write(Buffer.from('中').subarray(0, 1))
  while (peer.received.length < 9) await waiter.turn()
  socket.end(Buffer.from('中').subarray(1))
  await rest
  await peer.expectEnd()
})

test('expect fails at the first byte that differs, without waiting for more', async ({
  pair: { peer, socket },
}) => {
  const wrong = peer.expect('hello, world')
  socket.write('help')
  expect(await found(wrong)).toMatchObject({
    kind: 'wrong bytes',
    differ: { at: 3 },
    message: expect.stringContaining('byte 3'),
  })
})

test('what is missing says how much came', async ({ pair: { peer, socket, waiter } }) => {
  const [none] = await Promise.all([found(peer.expect('due')), waiter.nothingComes()])
  expect(none).toMatchObject({ kind: 'nothing came', message: 'nothing came where "due" was due' })
  const part = found(peer.read(4))
  socket.write('du')
  while (peer.received.length < 2) await waiter.turn()
  await waiter.nothingComes()
  expect(await part).toMatchObject({ kind: 'too few bytes', message: 'only 2 of 4 bytes came' })
  const ended = found(peer.expect('due'))
  socket.end()
  expect(await ended).toMatchObject({ kind: 'ended early' })
  expect(await found(peer.read(9))).toMatchObject({ kind: 'ended early' })
})

test('bytes where the end was due are told, and no end at all', async ({
  pair: { peer, socket, waiter },
}) => {
  const [open] = await Promise.all([found(peer.expectEnd()), waiter.nothingComes()])
  expect(open).toMatchObject({ kind: 'did not end' })
  socket.write('more')
  expect(await found(peer.expectEnd())).toMatchObject({
    kind: 'too many bytes',
    got: { latin1: 'more' },
  })
})

test('readLine, read and readToEnd share one position', async ({ pair: { peer, socket } }) => {
  socket.end('first\nsécond\n12345the rest')
  expect(await peer.readLine()).toBe('first')
  expect(await peer.readLine()).toBe('sécond')
  expect((await peer.read(5)).toString()).toBe('12345')
  expect((await peer.readToEnd()).toString()).toBe('the rest')
  expect((await peer.readToEnd()).length).toBe(0)
  expect(peer.received.toString()).toBe('first\nsécond\n12345the rest')
})

test('silence is that nothing came which no expectation took', async ({
  pair: { peer, socket },
}) => {
  peer.expectSilence('nobody asked')
  socket.write('a')
  await peer.expect('a')
  peer.expectSilence('all was taken')
  socket.end('b')
  await peer.expectGone()
  await expect(
    found((async () => peer.expectSilence('the other client spoke'))()),
  ).resolves.toMatchObject({
    kind: 'too many bytes',
    message: 'the other client spoke',
  })
  await peer.readToEnd()
  await expect(found((async () => peer.expectSilence('it must stay'))())).resolves.toMatchObject({
    kind: 'ended early',
  })
})

test('what went is in the transcript in its order', async ({
  pair: { peer, socket, recorder },
}) => {
  socket.once('data', () => socket.end('pong'))
  await peer.write('ping')
  await peer.expect('pong')
  await peer.expectEnd()
  peer.end()
  const lines = transcript(recorder.events).map((line) => line.replace(/^\S+ +/, ''))
  expect(lines.slice(1)).toEqual([
    '→  4 B   70 69 6e 67                "ping"',
    '←  4 B   70 6f 6e 67                "pong"',
    '←  FIN',
    '→  FIN',
  ])
})
