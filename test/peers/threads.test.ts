/** The programs with threads of seeds 2 and 3 and the course's solutions of chapter 07, each with the other. */
import { client, describe, expect, python, server, testWith } from './tools.ts'

const test = testWith('python3')

describe("threading-tcp-server serves S3's client", () => {
  test('what it types comes back in upper case', async (start) => {
    const upper = start(...server('threading-tcp-server'))
    const s3 = start(...python('s3_upper_client.py', '127.0.0.1', await upper.port()))
    s3.endInput('hello\nstraße, 你好\n')
    expect(await s3.result()).toBe('recv: HELLO\nrecv: STRASSE, 你好\n')
  })

  test('two at once, though the first says nothing', async (start) => {
    const upper = start(...server('threading-tcp-server'))
    const port = await upper.port()
    const [silent, talking] = [0, 1].map(() =>
      start(...python('s3_upper_client.py', '127.0.0.1', port)),
    )
    talking?.endInput('second\n')
    expect(await talking?.result()).toBe('recv: SECOND\n')
    silent?.endInput('first\n')
    expect(await silent?.result()).toBe('recv: FIRST\n')
  })
})

describe("S3's ThreadingTCPServer serves our clients", () => {
  test('first-client gets its question back in upper case', async (start) => {
    const s3 = start(...python('s3_upper_server.py', '127.0.0.1', '0'))
    const ask = start(...client('first-client', '127.0.0.1', await s3.port(), 'hello'))
    expect(await ask.result()).toBe('HELLO\n')
  })

  test("duplex-chat's joiner talks with it while another is connected", async (start) => {
    const s3 = start(...python('s3_upper_server.py', '127.0.0.1', '0'))
    const port = await s3.port()
    const [silent, talking] = [0, 1].map(() =>
      start(...client('duplex-chat', 'join', '127.0.0.1', port)),
    )
    await talking?.type('hello\n')
    await talking?.prints('peer: HELLO\n')
    silent?.endInput('late\n')
    expect(await silent?.result()).toBe('peer: LATE\n')
    talking?.endInput('bye\n')
    expect(await talking?.result()).toBe('peer: HELLO\npeer: BYE\n')
  })
})

describe("S2's multi-task client and server", () => {
  // S2 ends a message nowhere. Its client fits a protocol of lines when the line's end is typed with the text.
  test('three clients of S2 at once are each served in a thread of their own', async (start) => {
    const threads = start(...server('thread-per-connection'))
    const port = await threads.port()
    const s2s = [1, 2, 3].map(() => start(...python('s2_client.py', '127.0.0.1', port, 'hello\n')))
    const replies = await Promise.all(s2s.map((s2) => s2.result()))
    const ids = replies.map((reply) => /接收服务端的数据为: (\d+) hello\n/.exec(reply)?.[1])
    expect(new Set(ids).size).toBe(3)
    expect(ids).not.toContain(undefined)
  })

  test("S2's server answers each of two of our clients in GBK, one while the other is silent", async (start) => {
    const s2 = start(...python('s2_multitask_server.py', '127.0.0.1', '0'))
    const port = await s2.port()
    const silent = start(...client('duplex-chat', 'join', '127.0.0.1', port))
    await s2.prints('客户端连接成功')
    const ask = start(...client('gbk-client', '127.0.0.1', port, 'hello2'))
    expect(await ask.result()).toBe('ok,问题正在处理中...\n')
    silent.endInput()
    await s2.prints(/(客户端下线了(.|\n)*){2}/)
  })
})
