/** `#sockopt`: what the kernel says, also to a program under Node's permission model. */
import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'
import { afterEach, expect } from 'vitest'
import {
  fdOf,
  getsockopt,
  getsockoptText,
  optionNames,
  setsockopt,
  setsockoptText,
} from '../../../grader/student/sockopt.ts'
import { call, test } from './program.ts'

const open: { close(): void }[] = []
afterEach(() => {
  for (const socket of open.splice(0)) socket.close()
})

async function listener(): Promise<net.Server> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  open.push(server)
  return server
}

async function udp(): Promise<dgram.Socket> {
  const socket = dgram.createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  open.push(socket)
  return socket
}

test('an option reads as it was set, through Node or through us', async () => {
  const socket = await udp()
  const fd = fdOf(socket)
  expect(getsockopt(fd, 'SOL_SOCKET', 'SO_BROADCAST')).toBe(0)
  socket.setBroadcast(true)
  expect(getsockopt(fd, 'SOL_SOCKET', 'SO_BROADCAST')).not.toBe(0)
  setsockopt(fd, 'SOL_SOCKET', 'SO_BROADCAST', 0)
  expect(getsockopt(fd, 'SOL_SOCKET', 'SO_BROADCAST')).toBe(0)
})

test('both ends of a connection have descriptors of their own', async () => {
  const server = await listener()
  const { port } = server.address() as net.AddressInfo
  const client = net.connect({ port, host: '127.0.0.1', noDelay: true })
  const [[accepted]] = await Promise.all([once(server, 'connection'), once(client, 'connect')])
  expect(getsockopt(fdOf(client), 'IPPROTO_TCP', 'TCP_NODELAY')).not.toBe(0)
  expect(getsockopt(fdOf(accepted), 'IPPROTO_TCP', 'TCP_NODELAY')).toBe(0)
  accepted.setKeepAlive(true, 3000)
  expect(getsockopt(fdOf(accepted), 'IPPROTO_TCP', 'TCP_KEEPIDLE')).toBe(3)
  client.destroy()
  accepted.destroy()
})

test('what is not bound or closed has no descriptor', async () => {
  const code = expect.objectContaining({ code: 'EBADF' })
  expect(() => fdOf(net.createServer())).toThrow(code)
  const socket = await udp()
  open.pop()
  socket.close()
  expect(() => fdOf(socket)).toThrow(code)
})

test('the error is the system call’s, or says which name is unknown', async () => {
  const fd = fdOf(await listener())
  expect(() => getsockopt(99_999, 'SOL_SOCKET', 'SO_TYPE')).toThrow(
    expect.objectContaining({ code: 'EBADF', errno: -9, syscall: 'getsockopt' }),
  )
  expect(() => setsockopt(99_999, 'SOL_SOCKET', 'SO_BROADCAST', 1)).toThrow(
    expect.objectContaining({ code: 'EBADF', errno: -9, syscall: 'setsockopt' }),
  )
  for (const name of ['SO_NOTHING', 'toString', 'TCP_NODELAY']) {
    const unknown = expect.objectContaining({ name: 'RangeError', code: 'ERR_UNKNOWN_OPTION' })
    expect(() => setsockopt(fd, 'SOL_SOCKET', name, 1)).toThrow(unknown)
    expect(() => getsockopt(fd, 'SOL_SOCKET', name)).toThrow(unknown)
  }
  for (const value of [1.5, 2 ** 31, Number.NaN])
    expect(() => setsockopt(fd, 'SOL_SOCKET', 'SO_RCVBUF', value)).toThrow(RangeError)
})

test('each listed name is one that can be asked for; the kernel refuses some', async () => {
  const fd = fdOf(await udp())
  const answers = optionNames.map(({ name, level }) => {
    try {
      return typeof getsockopt(fd, level, name)
    } catch (error) {
      return (error as NodeJS.ErrnoException).syscall
    }
  })
  expect(new Set(answers)).toEqual(new Set(['number', 'getsockopt']))
  expect(optionNames.map(({ name }) => name)).toContain('SO_KEEPALIVE')
})

test.runIf(process.platform === 'linux')('string options are read and set', async () => {
  const fd = fdOf(await listener())
  expect(getsockoptText(fd, 'SOL_SOCKET', 'SO_BINDTODEVICE')).toBe('')
  setsockoptText(fd, 'SOL_SOCKET', 'SO_BINDTODEVICE', 'lo')
  expect(getsockoptText(fd, 'SOL_SOCKET', 'SO_BINDTODEVICE')).toBe('lo')
  expect(() => setsockoptText(fd, 'SOL_SOCKET', 'SO_BINDTODEVICE', 'nosuch0')).toThrow(
    expect.objectContaining({ code: 'ENODEV' }),
  )
})

const PROGRAM = `
import net from 'node:net'
import { once } from 'node:events'
import { fdOf, getsockopt } from '#sockopt'
export async function serve() {
  const server = net.createServer((socket) => socket.setNoDelay(true)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}
export async function type() {
  const server = await serve()
  try { return getsockopt(fdOf(server), 'SOL_SOCKET', 'SO_TYPE') } finally { server.close() }
}
`

test('a submission imports #sockopt wherever it lies, and the host reads with it', async ({
  run,
}) => {
  const student = await run(PROGRAM, { isolation: 'node' })
  expect(await call(student, 'type')).toMatchObject({ ok: true, value: 1 })
  const served = await call(student, 'serve')
  if (!served.ok || !('handle' in served)) throw new Error('it did not serve')
  const { port } = served.handle.address as net.AddressInfo
  const client = net.connect(port, '127.0.0.1')
  await once(client, 'connect')
  await student.request({ op: 'turn' })
  const ask = async (of: { handle: number } | { peerPort: number }, name: string) =>
    student.request({
      op: 'option',
      of,
      level: name.startsWith('TCP') ? 'IPPROTO_TCP' : 'SOL_SOCKET',
      name,
    })
  const peerPort = client.localPort ?? 0
  expect(await ask({ peerPort }, 'TCP_NODELAY')).toMatchObject({ ok: true, value: 1 })
  expect(await ask({ handle: served.handle.number }, 'SO_REUSEADDR')).toMatchObject({ value: 1 })
  expect(await ask({ peerPort: 1 }, 'TCP_NODELAY')).toMatchObject({ ok: true, value: undefined })
  client.destroy()
})
