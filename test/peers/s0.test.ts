/** The TCP programs of seed 0 and the course's solutions, each with the other. */
import { client, describe, expect, python, server, testWith } from './tools.ts'

const test = testWith('python3')

describe('S0 tcpserver.py serves first-client', () => {
  test('the message, "I get it!" and the word of the operator come back', async (start) => {
    const tcpserver = start(...python('tcpserver.py', '127.0.0.1', '0'))
    const port = await tcpserver.port()
    const ask = start(...client('first-client', '127.0.0.1', port, 'hello'))
    await tcpserver.prints('input the word:')
    tcpserver.type('ok\n')
    expect(await ask.result()).toBe('hello\nI get it!\nok\n')
    expect(tcpserver.stdout).toMatch(
      /^listening on .*\n连接来自: \('127\.0\.0\.1', \d+\)\n127\.0\.0\.1:hello\ninput the word:$/,
    )
  })

  test('Chinese text goes there and back', async (start) => {
    const tcpserver = start(...python('tcpserver.py', '127.0.0.1', '0'))
    const ask = start(...client('first-client', '127.0.0.1', await tcpserver.port(), '你好,服务器'))
    await tcpserver.prints('127.0.0.1:你好,服务器\n')
    tcpserver.type('好的\n')
    expect(await ask.result()).toBe('你好,服务器\nI get it!\n好的\n')
  })

  test('an empty message is answered with nothing', async (start) => {
    const tcpserver = start(...python('tcpserver.py', '127.0.0.1', '0'))
    const ask = start(...client('first-client', '127.0.0.1', await tcpserver.port(), ''))
    expect(await ask.result()).toBe('\n')
  })

  test('a second client waits until the first has its word', async (start) => {
    const tcpserver = start(...python('tcpserver.py', '127.0.0.1', '0'))
    const port = await tcpserver.port()
    const first = start(...client('first-client', '127.0.0.1', port, 'first'))
    await tcpserver.prints('127.0.0.1:first\n')
    const second = start(...client('first-client', '127.0.0.1', port, 'second'))
    tcpserver.type('one\n')
    expect(await first.result()).toBe('first\nI get it!\none\n')
    await tcpserver.prints('127.0.0.1:second\n')
    tcpserver.type('two\n')
    expect(await second.result()).toBe('second\nI get it!\ntwo\n')
  })
})

describe('echo-server serves S0 tcpclient.py', () => {
  test('both print what S0 shows', async (start) => {
    const echo = start(...server('echo-server'))
    const tcpclient = start(...python('tcpclient.py', '127.0.0.1', await echo.port(), 'hello'))
    await echo.prints('127.0.0.1: hello\n')
    echo.type('ok\n')
    expect(await tcpclient.result()).toBe('发送完成。\nhello\nI get it!\nok')
    expect(echo.stdout).toMatch(
      /^listening .*\nconnected: 127\.0\.0\.1:\d+\n127\.0\.0\.1: hello\n$/,
    )
  })

  test('a client that half-closed long ago still gets its word, after one that came later', async (start) => {
    const echo = start(...server('echo-server'))
    const port = await echo.port()
    const first = start(...python('tcpclient.py', '127.0.0.1', port, 'first'))
    await first.prints('I get it!\n')
    const second = start(...python('tcpclient.py', '127.0.0.1', port, 'second'))
    await second.prints('I get it!\n')
    echo.type('one\n')
    expect(await first.result()).toBe('发送完成。\nfirst\nI get it!\none')
    echo.type('two\n')
    expect(await second.result()).toBe('发送完成。\nsecond\nI get it!\ntwo')
  })
})

describe('echo-server serves first-client', () => {
  testWith()("they say to each other what S0's pair says", async (start) => {
    const echo = start(...server('echo-server'))
    const ask = start(...client('first-client', '127.0.0.1', await echo.port(), 'hello'))
    await echo.prints('127.0.0.1: hello\n')
    echo.type('ok\n')
    expect(await ask.result()).toBe('hello\nI get it!\nok\n')
    expect(echo.stdout).toMatch(
      /^listening .*\nconnected: 127\.0\.0\.1:\d+\n127\.0\.0\.1: hello\n$/,
    )
  })
})
