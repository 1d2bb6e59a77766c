/** The programs of seed 2, which speak GBK, and the course's solutions, each with the other. */
import { client, describe, driver, expect, python, server, testWith } from './tools.ts'

const test = testWith('python3')
const GREETING = '你好服务端,我是客户端小黑!'

describe("S2's one-shot server serves gbk-client", () => {
  test('both print what S2 shows', async (start) => {
    const oneShot = start(...python('s2_server.py', '127.0.0.1', '0'))
    const ask = start(...client('gbk-client', '127.0.0.1', await oneShot.port(), GREETING))
    expect(await ask.result()).toBe('ok, 问题正在处理中...\n')
    expect(await oneShot.result()).toMatch(
      new RegExp(
        `^listening on .*\n客户端的ip地址和端口号: \\('127\\.0\\.0\\.1', \\d+\\)\n` +
          `接收数据的长度为: 26\n接收客户端的数据为: ${GREETING}\n$`,
      ),
    )
  })
})

describe("S2's multi-task server serves gbk-client", () => {
  test('one message, one reply, and it sees the client leave', async (start) => {
    const multiTask = start(...python('s2_multitask_server.py', '127.0.0.1', '0'))
    const ask = start(...client('gbk-client', '127.0.0.1', await multiTask.port(), GREETING))
    expect(await ask.result()).toBe('ok,问题正在处理中...\n')
    await multiTask.prints(/客户端下线了: .*\n/)
    const peer = String.raw`\('127\.0\.0\.1', \d+\)`
    expect(multiTask.stdout).toMatch(
      new RegExp(
        `^listening on .*\n客户端连接成功: (${peer})\n${GREETING} \\1\n客户端下线了: \\1\n$`,
      ),
    )
  })

  test('two clients at once', async (start) => {
    const multiTask = start(...python('s2_multitask_server.py', '127.0.0.1', '0'))
    const port = await multiTask.port()
    const asks = ['hello1', 'hello2'].map((text) =>
      start(...client('gbk-client', '127.0.0.1', port, text)),
    )
    for (const ask of asks) expect(await ask.result()).toBe('ok,问题正在处理中...\n')
    await multiTask.prints("hello1 ('127.0.0.1', ")
    await multiTask.prints("hello2 ('127.0.0.1', ")
  })
})

describe("one-shot-server serves S2's client", () => {
  const ONCE = `
    import { serveOnce } from './solutions/03-tcp-servers/one-shot-server/main.ts'
    const at = { host: '127.0.0.1', port: 0 }
    console.log(JSON.stringify(await serveOnce(at, 'ok, 问题正在处理中...', 'gbk')))`

  test('the message and the reply arrive in GBK, and the server is done', async (start) => {
    const once = start(...driver(ONCE))
    const s2 = start(...python('s2_client.py', '127.0.0.1', await once.port(), GREETING))
    expect(await s2.result()).toBe(
      String.raw`b'ok, \xce\xca\xcc\xe2\xd5\xfd\xd4\xda\xb4\xa6\xc0\xed\xd6\xd0...'` +
        '\n接收服务端的数据为: ok, 问题正在处理中...\n',
    )
    expect(JSON.parse(await once.result())).toEqual({
      address: '127.0.0.1',
      port: expect.any(Number),
      bytes: 26,
      text: GREETING,
    })
  })
})

describe("one-at-a-time serves S2's client", () => {
  // One recv, no newline sent: `ready\n` is all that S2's client can see of a line protocol.
  test('several at once get their turn, one after another', async (start) => {
    const sequential = start(...server('one-at-a-time'))
    const port = await sequential.port()
    const s2s = [1, 2, 3].map(() => start(...python('s2_client.py', '127.0.0.1', port, '你好')))
    for (const s2 of s2s) {
      expect(await s2.result()).toBe("b'ready\\n'\n接收服务端的数据为: ready\n\n")
    }
  })
})
