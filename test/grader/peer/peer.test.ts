/** The whole command, as a person, a pipe or a script uses it. */
import { execFile } from 'node:child_process'
import dgram from 'node:dgram'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { root } from '../../../grader/manifest.ts'
import { hasTerminals, Terminal } from '../terminal.ts'

const COMMAND = path.join(root, 'grader/main.ts')
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'peer-'))
const cleanUps: (() => unknown)[] = [() => fs.rmSync(folder, { recursive: true })]
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(1)) await cleanUp()
})

function open(...args: string[]): Terminal {
  const terminal = new Terminal(process.execPath, [COMMAND, 'peer', ...args], {
    env: { NO_COLOR: '1' },
  })
  cleanUps.push(() => terminal.close())
  return terminal
}

/** The command without a terminal, with this on its standard input. */
function run(args: string[], input?: string) {
  let child: ReturnType<typeof execFile> | undefined
  const ended = new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const options = { env: { ...process.env, NO_COLOR: '1' } }
    child = execFile(process.execPath, [COMMAND, 'peer', ...args], options, (error, ...texts) => {
      const [stdout, stderr] = texts
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr })
    })
  })
  child?.stdin?.end(input)
  const listening = new Promise<number>((resolve) => {
    child?.stdout?.on('data', (chunk) => {
      const [, port] = /on 127\.0\.0\.1:(\d+)/.exec(String(chunk)) ?? []
      if (port) resolve(Number(port))
    })
  })
  return { ended, listening }
}

async function serve(): Promise<{ server: net.Server; port: number }> {
  const server = net.createServer({ allowHalfOpen: true })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  cleanUps.push(() => server.close())
  return { server, port: (server.address() as net.AddressInfo).port }
}

/** The transcript on a screen or in an output, without times and the other program's port. */
function wire(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => /^\d+\.\d{3} {2}/.test(line))
    .map((line) => line.replace(/^\S+ +/, '').replace(/SYN .*/, 'SYN'))
}

test.skipIf(!hasTerminals)('a person plays the client of a server', async () => {
  const { server, port } = await serve()
  const terminal = open('tcp', String(port))
  const [socket] = (await once(server, 'connection')) as [net.Socket]
  await terminal.until(({ rows }) => rows.includes('+\\n>'))
  terminal.type('hello\r')
  expect(String((await once(socket, 'data'))[0])).toBe('hello\n')

  // What comes while a line is typed, here one of two rows, leaves it as it is.
  const typed = `${'a line of two rows '.repeat(5)}它很长`
  terminal.type(typed)
  await terminal.until(({ text }) => text.endsWith(typed))
  socket.setNoDelay(true)
  socket.write('you"\\\0')
  const text = await terminal.until(({ text }) => text.includes('you') && text.endsWith(typed))
  expect(text.match(/a line of two rows/g)).toHaveLength(5)
  expect(terminal.rows.filter((row) => row === '')).toHaveLength(24 - terminal.cursor.y - 1)
  terminal.type('\x15/gbk\r')
  await terminal.until(/^gbk \+\\n>$/m)
  terminal.type('你\r')
  expect((await once(socket, 'data'))[0]).toEqual(Buffer.from([0xc4, 0xe3, 10]))
  socket.write(Buffer.from([0x61, 0xc4]))
  await terminal.until(/"a\\xc4"/)
  socket.write(Buffer.from([0xe3, 0xba, 0xc3]))
  await terminal.until(/"\\xe3好"\n {7}你 is whole now/)

  terminal.type('/cut 1 "a\\x00b"\r')
  await terminal.until(/"\\x00b"/)
  terminal.type('/nonsense\r/send \\q\r/eol none\r/fin\rmore\r')
  await terminal.until(/nothing more can be sent/)
  expect(terminal.text).toContain('there is no command /nonsense;')
  expect(terminal.text).toContain('“\\q” is no escape')
  socket.end()
  expect(await terminal.exited).toEqual({ code: 0, signal: undefined })
  expect(wire(terminal.text)).toEqual([
    '→  SYN',
    '→  6 B   68 65 6c 6c 6f 0a          "hello\\n"',
    '←  6 B   79 6f 75 22 5c 00          "you\\"\\\\\\x00"',
    '→  3 B   c4 e3 0a                   "你\\n"',
    '←  2 B   61 c4                      "a\\xc4"',
    '←  3 B   e3 ba c3                   "\\xe3好"',
    '→  1 B   61                         "a"',
    '→  2 B   00 62                      "\\x00b"',
    '→  FIN',
    '←  FIN',
  ])
})

test.skipIf(!hasTerminals)('a session with two clients is recorded and repeated', async () => {
  const record = path.join(folder, 'two.peer')
  const pcap = path.join(folder, 'two.pcapng')
  const terminal = open('tcp-listen', '0', '--record', record, '--pcap', pcap)
  const text = await terminal.until(/\nnobody \+\\n>/)
  const port = Number(
    /listening on 127\.0\.0\.1:(\d+), for programs on this machine/.exec(text)?.[1],
  )
  const first = net.connect(port, '127.0.0.1')
  await terminal.until(/^A \+\\n>/m)
  const second = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  await terminal.until(/^all \+\\n>/m)
  second.write('I am B\n')
  await terminal.until(/"I am B\\n"/)
  terminal.type('to all\r')
  await Promise.all([once(first, 'data'), once(second, 'data')])
  terminal.type('/to x\r/to b\r')
  await terminal.until(/^B \+\\n>/m)
  terminal.type('\x1b[A\x1b[A\x1b[A only B\r')
  expect(String((await once(second, 'data'))[0])).toBe('to all only B\n')
  second.end('bye')
  await terminal.until(/B has ended its side; yours is open/)
  // Ctrl-D ends our side; another leaves.
  terminal.type('\x04')
  await once(second.resume(), 'end')
  first.resetAndDestroy()
  await terminal.until(/A has cut the connection/)
  terminal.type('\x04')
  expect(await terminal.exited).toEqual({ code: 0, signal: undefined })
  expect(terminal.text).toMatch(/\d+ packets in .*two\.pcapng, for Wireshark/s)
  expect(fs.readFileSync(pcap).readUInt32LE()).toBe(0x0a0d0d0a)
  expect(fs.readFileSync(record, 'utf8').split('\n').slice(1)).toEqual([
    '/expect client',
    '/expect client',
    '/expect B "I am B\\n"',
    'to all',
    '/to b',
    'to all only B',
    '/expect B "bye"',
    '/expect B fin',
    '/fin',
    '/expect A rst',
    '',
  ])

  const again = async (lastWord: string) => {
    const { ended, listening } = run(['tcp-listen', '0', '--script', record])
    const port = await listening
    const first = net.connect(port, '127.0.0.1')
    await once(first, 'connect')
    const second = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    second.write('I am B\n')
    const [[all]] = await Promise.all([once(second, 'data'), once(first, 'data')])
    let came = String(all)
    while (!came.endsWith('only B\n')) came += (await once(second, 'data'))[0]
    expect(came).toBe('to all\nto all only B\n')
    second.end(lastWord)
    await once(second.resume(), 'end')
    // After a wrong word the script is over, and its peer may have ended the connection meanwhile.
    if (lastWord === 'bye') first.resetAndDestroy()
    else first.destroy()
    return ended
  }
  const right = await again('bye')
  expect(right).toMatchObject({ code: 0, stderr: '' })
  expect(right.stdout).toContain(`✓ ${record}: 6 expectations met`)
  const wrong = await again('bad')
  expect(wrong).toMatchObject({ code: 1, stderr: '' })
  expect(wrong.stdout).toContain(
    [
      `✗ ${record}, line 8: /expect B "bye"`,
      '  found     byte 1 is not the one that was due',
      '  expected  3 B  "bye"',
      '  got       3 B  "bad"',
      '                   ^ byte 1: expected 79 "y", got 61 "a"',
    ].join('\n'),
  )
})

test('a pipe sends its lines and files, ends its side and waits for the other’s end', async () => {
  const { server, port } = await serve()
  const file = path.join(folder, 'big')
  fs.writeFileSync(file, Buffer.alloc(1_000_000, 'abc\n'))
  const { ended } = run(['tcp', String(port)], `one\n/hex 00 ff\n/file ${file}\n`)
  const [socket] = (await once(server, 'connection')) as [net.Socket]
  const came = await buffer(socket.iterator({ destroyOnReturn: false }))
  expect(came.subarray(0, 6)).toEqual(Buffer.from('one\n\0\xff', 'latin1'))
  expect(came.subarray(6)).toEqual(fs.readFileSync(file))
  socket.end('the end\n')
  const { code, stdout } = await ended
  expect(code).toBe(0)
  // Of a long stream the first piece is told, and how much more went: in how many lines is for the machine's speed.
  const told = [...stdout.matchAll(/(?:→ {2}|… and )([\d,]+) B/g)]
  const sum = told.reduce((sum, [, count = '']) => sum + Number(count.replaceAll(',', '')), 0)
  expect(sum).toBe(came.length)
  expect(wire(stdout).slice(-2)).toEqual([
    '←  8 B   74 68 65 20 65 6e 64 0a    "the end\\n"',
    '←  FIN',
  ])
})

test('over UDP each line is a datagram, and a script ends where it makes no sense', async () => {
  const script = path.join(folder, 'udp.peer')
  const server = dgram.createSocket('udp4')
  await once(server.bind(0, '127.0.0.1'), 'listening')
  cleanUps.push(() => server.close())
  fs.writeFileSync(script, '/eol none\nping\n\n/expect "pong"\n/expect 3 bytes\n/cut 1 ab\n')
  const { ended } = run(['udp', String(server.address().port), '--script', script])
  const [bytes, { port }] = await once(server, 'message')
  expect(String(bytes)).toBe('ping')
  for (const answer of ['pong', 'abc']) server.send(answer, port, '127.0.0.1')
  const { code, stdout, stderr } = await ended
  expect(stderr).toBe(
    `course: ${script}, line 6: a datagram goes whole: UDP has nothing to cut or drip\n`,
  )
  expect(code).toBe(2)
  expect(stdout).toMatch(/→ {2}datagram \S+ → \S+\n {12}4 B {3}70 69 6e 67 {16}"ping"/)
})
