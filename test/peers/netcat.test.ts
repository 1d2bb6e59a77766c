/** netcat, the tool that every lesson tries programs with by hand, and the course's solutions. */
import { client, describe, expect, server, testWith } from './tools.ts'

const test = testWith('netcat-openbsd')
/** `nc` as a server that says where it listens; `-N` half-closes at the end of input. */
const LISTEN = ['-N', '-lnv', '127.0.0.1', '0']
const EVERY_BYTE = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))

describe('echo-server serves nc', () => {
  test('nc -N gets every byte back, and the word after its half-close', async (start) => {
    const echo = start(...server('echo-server'))
    const nc = start('nc', '-N', '127.0.0.1', await echo.port())
    nc.endInput(EVERY_BYTE)
    await nc.prints('I get it!\n')
    echo.type('ok\n')
    const expected = Buffer.concat([EVERY_BYTE, Buffer.from('\nI get it!\nok')])
    expect(await nc.result('hex')).toBe(expected.toString('hex'))
  })

  test('a talk by hand: each line is echoed, each gets the next word', async (start) => {
    const echo = start(...server('echo-server'))
    const nc = start('nc', '-N', '127.0.0.1', await echo.port())
    nc.type('one\n')
    await echo.prints('127.0.0.1: one\n\n')
    echo.type('ONE\n')
    await nc.prints('ONE')
    nc.type('two\n')
    await echo.prints('127.0.0.1: two\n\n')
    echo.type('TWO\n')
    await nc.prints('TWO')
    nc.endInput()
    expect(await nc.result()).toBe('one\n\nI get it!\nONEtwo\n\nI get it!\nTWO')
  })
})

describe('timestamp-server serves nc', () => {
  test('nc -N gets the time of its half-close and its bytes unchanged', async (start) => {
    const stamps = start(...server('timestamp-server'))
    const nc = start('nc', '-N', '127.0.0.1', await stamps.port())
    nc.type(EVERY_BYTE)
    const before = Date.now()
    nc.endInput()
    const reply = Buffer.from(await nc.result('hex'), 'hex')
    const stamp = reply.subarray(0, -EVERY_BYTE.length).toString()
    expect(reply.subarray(-EVERY_BYTE.length).toString('hex')).toBe(EVERY_BYTE.toString('hex'))
    expect(stamp).toMatch(/^\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\] $/)
    expect(Date.parse(stamp.slice(1, -2))).toBeGreaterThanOrEqual(before)
    expect(Date.parse(stamp.slice(1, -2))).toBeLessThanOrEqual(Date.now())
  })
})

describe('one-at-a-time serves nc', () => {
  test('a second nc waits, what it typed early is kept, and it is served when the first leaves', async (start) => {
    const sequential = start(...server('one-at-a-time'))
    const port = await sequential.port()
    const first = start('nc', '-N', '127.0.0.1', port)
    first.type('one\n')
    await first.prints('ready\n#1 one\n')
    const second = start('nc', '-vN', '127.0.0.1', port)
    await second.prints('succeeded!', 'stderr')
    second.endInput('early\n')
    // A server that serves both would have answered the second long before the last of these.
    for (let k = 2; k <= 10; k += 1) {
      first.type('more\n')
      await first.prints(`#${k} more\n`)
    }
    expect(second.stdout).toBe('')
    first.endInput()
    expect(await first.result()).toMatch(/^ready\n#1 one\n(#\d+ more\n){9}$/)
    expect(await second.result()).toBe('ready\n#1 early\n')
  })
})

describe('one-shot-server serves nc', () => {
  test('nc gets the reply without a half-close of its own, and both end', async (start) => {
    const once = start(...server('one-shot-server'))
    const nc = start('nc', '127.0.0.1', await once.port())
    nc.type('hello')
    await nc.prints('...\n')
    // nc stays for more input, even after the server's FIN; only now does it leave.
    nc.endInput()
    expect(await nc.result()).toBe('ok, 问题正在处理中...\n')
    await once.result()
  })
})

// What is typed comes first: `nc -l` leaves at the client's FIN, and a reply typed later is lost.
describe('nc -l serves our clients', () => {
  test('first-client: UTF-8 without a newline arrives, all that was typed goes back', async (start) => {
    const nc = start('nc', ...LISTEN)
    const port = await nc.port()
    nc.endInput('one\n二')
    const ask = start(...client('first-client', '127.0.0.1', port, 'hello, 你好'))
    expect(await ask.result()).toBe('one\n二\n')
    expect(await nc.result('hex')).toBe('68656c6c6f2c20e4bda0e5a5bd')
  })

  test('gbk-client: GBK on the wire in both directions', async (start) => {
    const nc = start('nc', ...LISTEN)
    const port = await nc.port()
    nc.endInput(Uint8Array.of(0xba, 0xc3, 0xb5, 0xc4))
    const ask = start(...client('gbk-client', '127.0.0.1', port, '你好'))
    expect(await ask.result()).toBe('好的\n')
    expect(await nc.result('hex')).toBe('c4e3bac3')
  })
})
