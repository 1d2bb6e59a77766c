/** The download and remote command programs of seed 3 and the course's solutions, each with the other. */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { client, describe, expect, python, server, testWith } from './tools.ts'

const test = testWith('python3')
/** Every byte, and enough of them to come in many pieces. */
const BINARY = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * i) % 256))

const md5 = (data: Uint8Array) => createHash('md5').update(data).digest('hex')

/** Two folders, one to serve from with these files in it and an empty one to save to. */
function folders(folder: string, files: Record<string, Uint8Array>): [from: string, to: string] {
  const [from, to] = [path.join(folder, 'from'), path.join(folder, 'to')]
  for (const one of [from, to]) fs.mkdirSync(one)
  for (const [name, data] of Object.entries(files)) fs.writeFileSync(path.join(from, name), data)
  return [from, to]
}

describe("file-download's server serves S3's client", () => {
  test('both compute the same digest, of three files on one connection', async (start, folder) => {
    const files = { 'film.bin': BINARY, empty: Buffer.alloc(0), '文件.txt': Buffer.from('你好\n') }
    const [from, to] = folders(folder, files)
    const downloads = start(...server('file-download', from))
    const s3 = start(...python('s3_download_client.py', '127.0.0.1', await downloads.port(), to))
    s3.endInput('get film.bin\nget empty\nget 文件.txt\n')
    const expected = Object.values(files).map(
      (data) =>
        `文件大小为: ${data.length}\n接受完毕...\n` +
        `server file md5: ${md5(data)}\nclient file md5: ${md5(data)}\n`,
    )
    expect(await s3.result()).toBe(expected.join(''))
    for (const [name, data] of Object.entries(files)) {
      expect(md5(fs.readFileSync(path.join(to, `${name}.new`))), name).toBe(md5(data))
    }
  })

  // S3's protocol has no refusal: its client takes ERR for a size and ends with a traceback.
  test('a client of S3 that asks for what is not there harms nobody', async (start, folder) => {
    const [from, to] = folders(folder, { 'film.bin': BINARY })
    const downloads = start(...server('file-download', from))
    const port = await downloads.port()
    const lost = start(...python('s3_download_client.py', '127.0.0.1', port, to))
    lost.endInput('get nothing\n')
    await lost.prints('invalid literal for int()', 'stderr')
    const s3 = start(...python('s3_download_client.py', '127.0.0.1', port, to))
    s3.endInput('get film.bin\n')
    expect(await s3.result()).toContain(`client file md5: ${md5(BINARY)}\n`)
  })
})

describe("S3's download server serves file-download's client", () => {
  test('the file is saved, and the server sees the client leave', async (start, folder) => {
    const [from, to] = folders(folder, { 'film.bin': BINARY, empty: Buffer.alloc(0) })
    const s3 = start(...python('s3_download_server.py', '127.0.0.1', '0', from))
    const port = await s3.port()
    for (const [name, data] of [
      ['film.bin', BINARY],
      ['empty', Buffer.alloc(0)],
    ] as const) {
      const saveAs = path.join(to, name)
      const get = start(...client('file-download', '127.0.0.1', port, name, saveAs))
      expect(await get.result()).toBe(`{ size: ${data.length}, md5: '${md5(data)}' }\n`)
      expect(fs.readFileSync(saveAs).equals(data)).toBe(true)
      await s3.prints(`${name}\n发送完毕...\n客服端已断开...\n`)
    }
    expect(fs.readdirSync(to).sort()).toEqual(['empty', 'film.bin'])
  })
})

// Here S3 and the contract part: S3 marks neither the end of a command nor that of a size.
describe('remote-command and S3', () => {
  test("our client's command is run, and S3's answer, in which size and output stick together, refused", async (start) => {
    const s3 = start(...python('s3_command_server.py', '127.0.0.1', '0'))
    const run = start(...client('remote-command', '127.0.0.1', await s3.port(), 'echo hi'))
    await run.prints('"3hi"', 'stderr')
    // The newline of our wire is one that the shell does not mind.
    await s3.prints(String.raw`执行指令: 'echo hi\n'`)
  })

  testWith('python3', 'netcat-openbsd')(
    "S3's client, whose command never ends, gets nothing and keeps nobody waiting",
    async (start) => {
      const commands = start(...server('remote-command'))
      const port = await commands.port()
      const s3 = start(...python('s3_command_client.py', '127.0.0.1', port, 'echo hi'))
      await s3.prints('sent\n')
      const nc = start('nc', '-N', '127.0.0.1', port)
      nc.endInput('echo hi; echo there\nfalse\necho 你好\n')
      expect(await nc.result()).toBe('9\nhi\nthere\n0\n7\n你好\n')
      expect(s3.stdout).toBe('sent\n')
    },
  )
})
