import { once } from 'node:events'
import fs from 'node:fs'
import net, { type AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { Recorder } from '../../../grader/wire/recording.ts'
import { connectPeer, Listener } from '../../../grader/wire/tcp.ts'
import { transcript } from '../../../grader/wire/transcript.ts'
import { found, PlainWaiter } from './plain-waiter.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function serve(host = '127.0.0.1') {
  const server = net.createServer()
  server.listen({ host, port: 0 })
  await once(server, 'listening')
  closing.push(() => server.close())
  return { server, to: { host, port: (server.address() as AddressInfo).port } }
}

test('connectPeer records its SYN, from the local address it was given', async () => {
  const { server, to } = await serve()
  const accepted = once(server, 'connection')
  const recorder = new Recorder()
  const peer = await connectPeer({ ...to, localAddress: '127.0.0.2' }, recorder, new PlainWaiter())
  closing.push(() => peer.destroy())
  const [socket] = (await accepted) as [net.Socket]
  closing.push(() => socket.destroy())
  expect(socket.remoteAddress).toBe('127.0.0.2')
  expect(recorder.events).toMatchObject([
    {
      kind: 'SYN',
      way: 'in',
      conn: 'A',
      from: { address: '127.0.0.2', port: socket.remotePort },
      to: { port: to.port },
    },
  ])
})

test('a refused connection is a Finding with the code, and in the recording', async () => {
  const bound = new net.BoundSocket({ host: '127.0.0.1', port: 0 })
  closing.push(() => bound.close())
  const { port } = bound.address() as AddressInfo
  const recorder = new Recorder()
  const refused = await found(connectPeer({ host: '127.0.0.1', port }, recorder, new PlainWaiter()))
  expect(refused).toMatchObject({
    kind: 'refused',
    got: 'ECONNREFUSED',
    message: expect.stringContaining(`127.0.0.1:${port}`),
  })
  expect(recorder.events).toMatchObject([{ kind: 'refused', to: { port } }])
})

test('a connection that nobody answers ends with the wait', async () => {
  const { to } = await serve()
  const waiter = new PlainWaiter()
  // Given up before the handshake's answer could be handled.
  const [silent] = await Promise.all([
    found(connectPeer(to, new Recorder(), waiter)),
    waiter.nothingComes(),
  ])
  expect(silent).toMatchObject({
    kind: 'never connected',
    message: expect.stringContaining(`:${to.port}`),
  })
})

test('a listener hands out connections in their order and counts those that wait', async () => {
  const waiter = new PlainWaiter()
  const listener = await new Listener(new Recorder(), waiter).listen()
  closing.push(() => listener.close())
  expect(listener.address).toMatchObject({ host: '127.0.0.1', port: expect.any(Number) })
  const first = net.connect(listener.address)
  await once(first, 'connect')
  const second = net.connect(listener.address)
  closing.push(() => [first.destroy(), second.destroy()])
  while (listener.waiting < 2) await waiter.turn()
  const peers = [await listener.accept(), await listener.accept()]
  expect(peers.map((peer) => peer.conn)).toEqual(['A', 'B'])
  expect(listener.waiting).toBe(0)
  expect(listener.peers).toEqual(peers)
  const [nobody] = await Promise.all([found(listener.accept()), waiter.nothingComes()])
  expect(nobody).toMatchObject({
    kind: 'never connected',
    message: expect.stringContaining(String(listener.address.port)),
  })
})

test('a closed listener refuses, and the connections it has go on', async () => {
  const listener = await new Listener(new Recorder(), new PlainWaiter()).listen()
  const { address } = listener
  const socket = net.connect(address)
  closing.push(() => socket.destroy())
  const peer = await listener.accept()
  listener.close()
  const [error] = await once(net.connect(address), 'error')
  expect(error).toMatchObject({ code: 'ECONNREFUSED' })
  await peer.write('still here')
  expect(String((await once(socket, 'data'))[0])).toBe('still here')
  await Promise.all([peer.destroy(), peer.destroy()])
})

test('it listens on ::1 as well', async () => {
  const listener = await new Listener(new Recorder(), new PlainWaiter()).listen('::1')
  closing.push(() => listener.close())
  expect(listener.address.host).toBe('::1')
})

test('a UNIX socket is connected to and listened at by its path', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'unix-'))
  closing.push(() => fs.rmSync(folder, { recursive: true }))
  const at = path.join(folder, 's')
  const recorder = new Recorder()
  const waiter = new PlainWaiter()
  const refused = await found(connectPeer({ path: at }, recorder, waiter))
  expect(refused).toMatchObject({ kind: 'refused', got: 'ENOENT' })
  const listener = await new Listener(recorder, waiter).listen(at)
  closing.push(() => listener.close())
  const peer = await connectPeer({ path: at }, recorder, waiter)
  const accepted = await listener.accept()
  closing.push(() => Promise.all([peer.destroy(), accepted.destroy()]))
  await peer.write('hi\n')
  expect(await accepted.readLine()).toBe('hi')
  // Which end hears of the connection first is open.
  const [first, ...rest] = transcript(recorder.events).map((line) => line.slice(7))
  expect(first).toBe(`  →  connecting to ${at}: refused`)
  expect(rest.map((line) => line.slice(2)).sort()).toEqual([
    '←  3 B   68 69 0a                   "hi\\n"',
    `←  connects to ${at}`,
    '→  3 B   68 69 0a                   "hi\\n"',
    `→  connects to ${at}`,
  ])
})
