import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import {
  Finding,
  type Peer,
  rejection,
  repeated,
  same,
  sameFields,
  test,
  type Watch,
} from '../../harness/index.ts'

const LOCAL = { host: '127.0.0.1', port: 0 }
const SERVE = 'startDownloadServer'
const MIB = 1024 * 1024
/** Far more than may be in memory, and how much may: a program that streams needs up to 70 MiB for itself. */
const HUGE = 160 * MIB
const LITTLE = 104 * MIB
const ZEROS = repeated(Buffer.alloc(65_536))
const EVERY_BYTE = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))

const exchange = { meta: { points: 2, lesson: 'One question, one answer' } }
const exact = { meta: { points: 2, lesson: 'Saying the length first' } }
const bytes = { meta: { points: 1, lesson: 'Bytes, not characters' } }
const files = { meta: { points: 2, lesson: 'Sending a file' } }
const much = { meta: { points: 2, lesson: 'What write() really does' } }
const reading = { meta: { points: 1, lesson: 'Reading a body as it comes' } }
const halfClose = { meta: { points: 1, lesson: 'Half-close: answers still owed' } }
const errors = { meta: { points: 1, lesson: 'Errors arrive as events' } }

const md5 = (data: Uint8Array) => createHash('md5').update(data).digest('hex')

/** A new folder `site` below the scratch folder, with these files in it. */
function site(scratch: string, contents: Record<string, string | Uint8Array>): string {
  const folder = path.join(scratch, 'site')
  fs.rmSync(folder, { recursive: true, force: true })
  fs.mkdirSync(path.join(folder, 'root'), { recursive: true })
  for (const [name, content] of Object.entries(contents)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    fs.writeFileSync(path.join(folder, name), content)
  }
  return folder
}

/** Asks for a file and takes the size, the bytes and the digest. */
async function get(
  client: Peer,
  name: string,
  content: string | Uint8Array,
  watch: Watch,
): Promise<void> {
  const data = Buffer.from(content)
  await client.write(`get ${name}`)
  await client.expect(String(data.length))
  await client.write('ready')
  // The acknowledgement arrives alone, also where nobody waited for it.
  await watch.turn()
  await client.expect(data)
  await digest(client, data)
}

/** Takes the 32 digits that follow a file. */
async function digest(client: Peer, data: Uint8Array): Promise<void> {
  const digits = (await client.read(32)).toString('latin1')
  same(digits.toLowerCase(), md5(data), 'the MD5 that the server sent')
}

/** Asks for what must not be had, and takes the `ERR REASON`. All that came before must have been taken. */
async function refused(client: Peer, name: string, watch: Watch): Promise<void> {
  const before = client.received.length
  await client.write(`get ${name}`)
  await client.expect('ERR ')
  // The reason comes in the same segment; of one that comes in another, all is here after a turn.
  await watch.turn()
  await client.read(client.received.length - before - 'ERR '.length)
}

/** The same for a FIFO. A program that opens it would wait for ever; here it is told so and set free. */
async function refusedFifo(client: Peer, fifo: string, watch: Watch): Promise<void> {
  const before = client.received.length
  await client.write(`get ${path.basename(fifo)}`)
  await watch.settled()
  if (client.received.length === before && isWaitedFor(fifo)) {
    const message =
      'no answer came: the program has opened a FIFO and waits for somebody to write to it'
    throw new Finding({ kind: 'nothing came', message, conn: client.conn })
  }
  await client.expect('ERR ')
  await watch.turn()
  await client.read(client.received.length - before - 'ERR '.length)
}

/** Whether somebody has opened this FIFO to read from it. Who waits in `open` for a writer need wait no longer. */
function isWaitedFor(fifo: string): boolean {
  try {
    fs.closeSync(fs.openSync(fifo, fs.constants.O_WRONLY | fs.constants.O_NONBLOCK))
    return true
  } catch {
    return false
  }
}

test(
  'sends the size, and after the acknowledgement the bytes and their MD5',
  exchange,
  async ({ student, connect, random, scratch, watch }) => {
    const content = `${random.word()}, 问题正在处理中...\n`
    const folder = site(scratch, { 'root/hello.txt': content })
    const server = await student.start(SERVE, LOCAL, path.join(folder, 'root'))
    const client = await connect(server.address)
    await client.write('get hello.txt')
    await client.expect(String(Buffer.byteLength(content)))
    await watch.settled()
    client.expectSilence('the file came before the client had acknowledged its size')
    await client.write(random.pick(['准备接收...', 'ok\n', '0']))
    await client.expect(content)
    await digest(client, Buffer.from(content))
  },
)

test(
  'sends every byte of a file as it is, text or not',
  bytes,
  async ({ student, connect, random, scratch, watch }) => {
    const content = Buffer.concat([EVERY_BYTE, random.bytes(100_000)])
    const folder = site(scratch, { 'root/picture.png': content })
    const server = await student.start(SERVE, LOCAL, path.join(folder, 'root'))
    await get(await connect(server.address), 'picture.png', content, watch)
  },
)

test(
  'serves one request after another, an empty file too',
  exchange,
  async ({ student, connect, random, scratch, watch }) => {
    const [one, two] = [random.word(), random.word()]
    const folder = site(scratch, { 'root/one': one, 'root/two': two, 'root/empty': '' })
    const server = await student.start(SERVE, LOCAL, path.join(folder, 'root'))
    const client = await connect(server.address)
    await get(client, 'one', one, watch)
    await get(client, 'empty', '', watch)
    await get(client, 'two', two, watch)
  },
)

test(
  'takes all that follows `get ` for the name',
  exchange,
  async ({ student, connect, random, scratch, watch }) => {
    const [spaces, deep] = [random.word(), random.word()]
    const folder = site(scratch, {
      'root/two words.txt': spaces,
      'root/old files/下载/a  b': deep,
    })
    const server = await student.start(SERVE, LOCAL, path.join(folder, 'root'))
    const client = await connect(server.address)
    await get(client, 'two words.txt', spaces, watch)
    await get(client, 'old files/下载/a  b', deep, watch)
  },
)

test(
  'answers ERR for what is missing or no regular file, and goes on',
  files,
  async ({ student, connect, random, scratch, watch }) => {
    const content = random.word()
    const folder = site(scratch, { 'root/here.txt': content, 'root/folder/file': '' })
    const server = await student.start(SERVE, LOCAL, path.join(folder, 'root'))
    const client = await connect(server.address)
    await refused(client, 'missing.txt', watch)
    await get(client, 'here.txt', content, watch)
    await refused(client, 'folder', watch)
    // A link that stays within the root is as good as what it leads to.
    fs.symlinkSync('here.txt', path.join(folder, 'root/link'))
    await get(client, 'link', content, watch)
    if (process.platform !== 'win32') {
      const fifo = path.join(folder, 'root/fifo')
      execFileSync('mkfifo', [fifo])
      await refusedFifo(client, fifo, watch)
    }
    await get(client, 'here.txt', content, watch)
  },
)

test(
  'answers ERR for a path that leads out of the root',
  files,
  async ({ student, connect, random, scratch, watch }) => {
    const folder = site(scratch, {
      'root/folder/here.txt': 'here',
      'secret.txt': random.word(),
      'root-of-others/secret.txt': random.word(),
    })
    const server = await student.start(SERVE, LOCAL, path.join(folder, 'root'))
    const client = await connect(server.address)
    await refused(client, '../secret.txt', watch)
    await refused(client, 'folder/../../secret.txt', watch)
    await refused(client, path.join(folder, 'secret.txt'), watch)
    await refused(client, '../root-of-others/secret.txt', watch)
    await get(client, 'folder/here.txt', 'here', watch)
  },
)

test(
  'answers ERR for a symbolic link that leads out of the root',
  files,
  async ({ student, connect, random, scratch, watch }) => {
    const folder = site(scratch, { 'root/here.txt': 'here', 'others/secret.txt': random.word() })
    fs.symlinkSync('../others/secret.txt', path.join(folder, 'root/file'))
    fs.symlinkSync('../others', path.join(folder, 'root/folder'))
    const server = await student.start(SERVE, LOCAL, path.join(folder, 'root'))
    const client = await connect(server.address)
    await refused(client, 'file', watch)
    await refused(client, 'folder/secret.txt', watch)
    await get(client, 'here.txt', 'here', watch)
  },
)

test(
  'sends as many bytes as it announced, though the file changes meanwhile',
  exact,
  async ({ student, connect, random, scratch, watch }) => {
    const content = random.bytes(1000)
    const folder = site(scratch, { 'root/log': content, 'root/draft': content })
    const server = await student.start(SERVE, LOCAL, path.join(folder, 'root'))
    const first = await connect(server.address)
    await first.write('get log')
    await first.expect('1000')
    fs.appendFileSync(path.join(folder, 'root/log'), random.bytes(1000))
    await first.write('ready')
    await first.expect(content)
    await digest(first, content)
    await watch.settled()
    first.expectSilence('more came after the digest')

    const second = await connect(server.address)
    await second.write('get draft')
    await second.expect('1000')
    fs.truncateSync(path.join(folder, 'root/draft'), 500)
    await second.write('ready')
    await watch.settled()
    // To send less is honest, to send what has never been in the file is not.
    const sent = second.received.subarray('1000'.length, '1000'.length + 1000)
    if (sent.length === 1000) await second.expect(content)
    else await second.expectGone()
    await get(first, 'log', fs.readFileSync(path.join(folder, 'root/log')), watch)
  },
)

test(
  'holds little of a file whose client does not read, and serves others meanwhile',
  much,
  async ({ student, connect, random, scratch, watch }) => {
    const content = random.word()
    const folder = site(scratch, { 'root/huge': '', 'root/small': content })
    // A file of nothing but holes costs no disk.
    fs.truncateSync(path.join(folder, 'root/huge'), HUGE)
    const server = await student.start(SERVE, LOCAL, path.join(folder, 'root'))
    const stalled = await connect(server.address)
    await student.growsAtMost(LITTLE, async () => {
      await stalled.write('get huge')
      await stalled.expect(String(HUGE))
      stalled.pause()
      await stalled.write('ready')
      await watch.settled()
      await get(await connect(server.address), 'small', content, watch)
    })
  },
)

test(
  'sends the whole file, and then FIN, to a client that half-closed and reads late',
  halfClose,
  async ({ student, connect, random, scratch, watch }) => {
    const size = 12 * MIB
    const block = repeated(random.bytes(65_536))
    const content = Buffer.from(block(0, size))
    const folder = site(scratch, { 'root/film': content })
    const server = await student.start(SERVE, LOCAL, path.join(folder, 'root'))
    const client = await connect(server.address)
    await client.write('get film')
    await client.expect(String(size))
    client.pause()
    await client.write('ready')
    await watch.settled()
    client.end()
    await watch.settled()
    await client.expectStream(block, size)
    await digest(client, content)
    await client.expectEnd()

    const asks = await connect(server.address)
    await asks.write('get film')
    asks.end()
    await asks.expect(String(size))
    await asks.expectEnd()
  },
)

test(
  'lets go of the file when its client resets, and goes on',
  errors,
  async ({ student, connect, random, scratch, watch }) => {
    const content = random.word()
    const folder = site(scratch, { 'root/film': '', 'root/small': content })
    const film = path.join(folder, 'root/film')
    fs.truncateSync(film, 12 * MIB)
    const server = await student.start(SERVE, LOCAL, path.join(folder, 'root'))
    const hasty = await connect(server.address)
    await hasty.write('get film')
    await hasty.expect(String(12 * MIB))
    hasty.reset()
    await watch.settled()
    const rude = await connect(server.address)
    await rude.write('get film')
    await rude.expect(String(12 * MIB))
    rude.pause()
    await rude.write('ready')
    await watch.settled()
    rude.reset()
    await watch.settled()
    await get(await connect(server.address), 'small', content, watch)
    if (openFiles(student.pid).includes(fs.realpathSync(film))) {
      const message = 'the file that the client was getting is still open in the program'
      throw new Finding({ kind: 'still there', message })
    }
  },
)

/** The files that a process has open, as far as the system tells. */
function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`
  try {
    return fs.readdirSync(folder).map((fd) => fs.readlinkSync(path.join(folder, fd)))
  } catch {
    return []
  }
}

test(
  'rejects with EADDRINUSE when the port is taken',
  errors,
  async ({ student, listen, scratch }) => {
    const { address } = await listen()
    const error = await rejection(student.call(SERVE, address, scratch), 'EADDRINUSE was due')
    same(error.code, 'EADDRINUSE', "the error's code")
  },
)

/** Everything that lies in a folder, as `name/` and `name: content`. */
function inventory(folder: string): string[] {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true })
  const lines = entries.map((entry) => {
    const file = path.join(entry.parentPath, entry.name)
    const name = path.relative(folder, file)
    if (entry.isDirectory()) return `${name}/`
    const { size } = fs.statSync(file)
    return `${name}: ${size < 30 ? fs.readFileSync(file, 'latin1') : `${size} bytes`}`
  })
  return lines.sort()
}

/** What a download that has resolved has saved. */
function saved(file: string): Buffer {
  if (fs.existsSync(file)) return fs.readFileSync(file)
  const message = `download resolved, and no file ${path.basename(file)} is there`
  throw new Finding({ kind: 'wrong value', message })
}

/** Plays the server until the client has acknowledged the size. */
async function announce(client: Peer, name: string, size: number, watch: Watch): Promise<void> {
  const request = Buffer.from(`get ${name}`)
  await client.expect(request)
  await client.write(String(size))
  await acknowledged(client, request.length, watch)
}

/** Takes the acknowledgement, any bytes, of a client that sent nothing but a request until now. */
async function acknowledged(client: Peer, requestBytes: number, watch: Watch): Promise<void> {
  await client.read(1)
  // The size arrives alone, also where the acknowledgement did not wait for it.
  await watch.turn()
  await client.read(client.received.length - requestBytes - 1)
}

test(
  'asks for the file, acknowledges the size, and is done with the digest',
  exchange,
  async ({ student, listen, random, scratch, watch }) => {
    const server = await listen()
    const content = `${random.word()}, 问题正在处理中...
`
    const data = Buffer.from(content)
    const saveAs = path.join(site(scratch, {}), 'copy.txt')
    const downloaded = student.call('download', server.address, 'two words.txt', saveAs)
    const client = await server.accept()
    const request = 'get two words.txt'
    await client.expect(request)
    await watch.settled()
    const early = client.received.subarray(request.length)
    await client.write(String(data.length))
    await acknowledged(client, request.length, watch)
    await client.write(content + md5(data))
    sameFields(await downloaded, { size: data.length, md5: md5(data) }, 'the resolved value')
    same(saved(saveAs).toString(), content, 'the saved file')
    await client.expectGone()
    if (early.length > 0) {
      const message = 'more than the request came before the client could know the size'
      throw new Finding({
        kind: 'too many bytes',
        message,
        expected: Buffer.alloc(0),
        got: early,
        conn: client.conn,
      })
    }
  },
)

test(
  'finds the digest however bytes and digest are cut',
  exact,
  async ({ student, listen, random, scratch, watch, everyCut }) => {
    const data = Buffer.from(random.word())
    const answer = Buffer.concat([data, Buffer.from(md5(data))])
    const saveAs = path.join(site(scratch, {}), 'copy')
    const server = await listen()
    await everyCut(answer.length, async (cuts) => {
      const downloaded = student.call('download', server.address, 'word', saveAs)
      const client = await server.accept()
      await announce(client, 'word', data.length, watch)
      await client.write(answer, cuts)
      sameFields(await downloaded, { size: data.length, md5: md5(data) }, 'the resolved value')
      same(saved(saveAs).toString('latin1'), data.toString('latin1'), 'the saved file')
    })
  },
)

test(
  'saves every byte as it came, text or not',
  bytes,
  async ({ student, listen, random, scratch, watch }) => {
    const data = Buffer.concat([EVERY_BYTE, random.bytes(5000)])
    const saveAs = path.join(site(scratch, {}), 'copy.png')
    const server = await listen()
    const downloaded = student.call('download', server.address, 'picture.png', saveAs)
    const client = await server.accept()
    await announce(client, 'picture.png', data.length, watch)
    await client.write(Buffer.concat([data, Buffer.from(md5(data))]))
    sameFields(await downloaded, { size: data.length, md5: md5(data) }, 'the resolved value')
    const got = saved(saveAs)
    if (!got.equals(data)) {
      const message = 'the saved file is not what was sent'
      throw new Finding({ kind: 'wrong value', message, expected: data, got })
    }
  },
)

test('saves an empty file', exact, async ({ student, listen, scratch, watch }) => {
  const folder = site(scratch, {})
  const server = await listen()
  const downloaded = student.call('download', server.address, 'empty', path.join(folder, 'copy'))
  const client = await server.accept()
  await announce(client, 'empty', 0, watch)
  await client.write(md5(Buffer.alloc(0)))
  sameFields(await downloaded, { size: 0, md5: md5(Buffer.alloc(0)) }, 'the resolved value')
  same(inventory(folder), ['copy: ', 'root/'], 'what lies in the folder')
})

test(
  'replaces an old file only when the new one is known to be right',
  files,
  async ({ student, listen, random, scratch, watch }) => {
    const data = Buffer.from(random.word())
    const folder = site(scratch, { copy: 'the old file' })
    const saveAs = path.join(folder, 'copy')
    const server = await listen()
    const downloaded = student.call('download', server.address, 'new', saveAs)
    const client = await server.accept()
    await announce(client, 'new', data.length, watch)
    await client.write(data)
    await watch.settled()
    const meanwhile = inventory(folder)
    await client.write(md5(data))
    await downloaded
    const old = meanwhile.filter((entry) => entry.startsWith('copy: '))
    same(old, ['copy: the old file'], 'what lay at `saveAs` before the digest came')
    same(inventory(folder), [`copy: ${data}`, 'root/'], 'what lies in the folder at the end')
  },
)

test(
  'rejects an answer that is no size, and leaves everything as it was',
  exact,
  async ({ student, listen, scratch, watch }) => {
    const folder = site(scratch, { copy: 'the old file' })
    const before = inventory(scratch)
    for (const answer of ['ERR no such file', 'ERR 13 is an unlucky number', '']) {
      const server = await listen()
      const downloaded = student.call(
        'download',
        server.address,
        'missing',
        path.join(folder, 'copy'),
      )
      const client = await server.accept()
      await client.expect('get missing')
      if (answer) await client.write(answer)
      else client.end()
      await rejection(downloaded, `the server's answer was ${JSON.stringify(answer)}`)
      await client.expectGone()
      await watch.settled()
      same(inventory(scratch), before, 'what lies in the folder afterwards')
    }
  },
)

test(
  'rejects a file whose MD5 is wrong, and leaves everything as it was',
  files,
  async ({ student, listen, random, scratch, watch }) => {
    const data = Buffer.from(random.word())
    const folder = site(scratch, { copy: 'the old file' })
    const before = inventory(scratch)
    const server = await listen()
    const downloaded = student.call('download', server.address, 'bad', path.join(folder, 'copy'))
    const client = await server.accept()
    await announce(client, 'bad', data.length, watch)
    await client.write(data + md5(Buffer.from('something else')))
    await rejection(downloaded, 'the MD5 was not that of the bytes')
    await client.expectGone()
    await watch.settled()
    same(inventory(scratch), before, 'what lies in the folder afterwards')
  },
)

test(
  'rejects when the connection ends before the file is whole, and leaves everything as it was',
  files,
  async ({ student, listen, random, scratch, watch }) => {
    const folder = site(scratch, { copy: 'the old file' })
    const before = inventory(scratch)
    const server = await listen()
    for (const isReset of [false, true]) {
      const downloaded = student.call('download', server.address, 'cut', path.join(folder, 'copy'))
      const client = await server.accept()
      await announce(client, 'cut', 100_000, watch)
      await client.write(random.bytes(5000))
      await watch.settled()
      if (isReset) client.reset()
      else client.end()
      const error = await rejection(downloaded, 'only 5000 of 100000 bytes were sent')
      if (isReset) same(error.code, 'ECONNRESET', "the error's code")
      await watch.settled()
      same(inventory(scratch), before, 'what lies in the folder afterwards')
    }
  },
)

test(
  'rejects when the file cannot be put in its place, and leaves nothing behind',
  files,
  async ({ student, listen, random, scratch, watch }) => {
    const data = Buffer.from(random.word())
    // Where the second file is to be saved lies a folder.
    const folder = site(scratch, { 'copy/file': 'in the folder' })
    const server = await listen()
    const serve = async () => {
      const client = await server.accept()
      await announce(client, 'file', data.length, watch)
      await client.write(data + md5(data))
    }
    const first = student.call('download', server.address, 'file', path.join(folder, 'first'))
    await serve()
    await first
    const before = inventory(scratch)
    const downloaded = student.call('download', server.address, 'file', path.join(folder, 'copy'))
    const served = serve()
    // A program may find out at any moment, before it connects too.
    served.catch(() => {})
    await rejection(downloaded, 'a folder lies where the file was to be saved')
    await watch.settled()
    same(inventory(scratch), before, 'what lies in the folder afterwards')
  },
)

test(
  'holds little of a huge file that it receives',
  reading,
  async ({ student, listen, scratch, watch }) => {
    const saveAs = path.join(site(scratch, {}), 'copy')
    const server = await listen()
    await student.growsAtMost(LITTLE, async () => {
      const downloaded = student.call('download', server.address, 'huge', saveAs)
      const client = await server.accept()
      await announce(client, 'huge', 2 * HUGE, watch)
      await client.stream(ZEROS, HUGE)
      client.reset()
      await rejection(downloaded, 'the connection was reset in the middle of the file')
    })
  },
)

test(
  'rejects with ECONNREFUSED when nobody listens, and leaves everything as it was',
  errors,
  async ({ student, closedPort, scratch, watch }) => {
    const folder = site(scratch, { copy: 'the old file' })
    const before = inventory(scratch)
    const to = await closedPort()
    const error = await rejection(
      student.call('download', to, 'file', path.join(folder, 'copy')),
      'ECONNREFUSED was due',
    )
    same(error.code, 'ECONNREFUSED', "the error's code")
    await watch.settled()
    same(inventory(scratch), before, 'what lies in the folder afterwards')
  },
)
