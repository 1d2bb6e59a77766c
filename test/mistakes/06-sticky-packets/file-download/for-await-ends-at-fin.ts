// bug: the connection was closed at the client's FIN (Node does so by itself without allowHalfOpen, and so do `destroy()` and the end of a `for await`), and what was still due was lost
// catalogue: 20
// fails: sends the whole file, and then FIN, to a client that half-closed and reads late
// lesson: Half-close: answers still owed
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { constants, type FileHandle, open, realpath, rename, rm } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'

type Endpoint = { host: string; port: number }
type Downloaded = { size: number; md5: string }

const DIGEST_BYTES = 32
const CHUNK_BYTES = 64 * 1024

export async function startDownloadServer(at: Endpoint, root: string): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy())
    serve(socket, root).catch(() => socket.destroy())
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

async function serve(socket: net.Socket, root: string): Promise<void> {
  let asked: { file: FileHandle; size: number } | undefined
  for await (const chunk of socket) {
    if (asked) {
      sendFile(asked.file, asked.size, socket).catch(() => socket.destroy())
      asked = undefined
      continue
    }
    try {
      const file = await openRequested(root, chunk.toString())
      asked = { file, size: (await file.stat()).size }
      socket.write(String(asked.size))
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      socket.write(`ERR ${code ?? message}`)
    }
  }
  await asked?.file.close()
}

async function sendFile(file: FileHandle, size: number, socket: net.Socket): Promise<void> {
  try {
    socket.write(await sendBytes(file, size, socket))
  } finally {
    await file.close()
  }
}

async function openRequested(root: string, request: string): Promise<FileHandle> {
  if (!request.startsWith('get ')) throw new Error('unknown request')
  // The real paths: only they show where a symbolic link leads.
  const inside = path.join(await realpath(root), path.sep)
  const wanted = await realpath(path.resolve(root, request.slice('get '.length)))
  if (!wanted.startsWith(inside)) throw new Error('outside the root')
  // Non-blocking: to open a FIFO would else wait until somebody writes to it.
  const file = await open(wanted, constants.O_RDONLY | constants.O_NONBLOCK)
  if ((await file.stat()).isFile()) return file
  await file.close()
  throw new Error('not a regular file')
}

async function sendBytes(file: FileHandle, size: number, socket: net.Socket): Promise<string> {
  const md5 = createHash('md5')
  let left = size
  async function* read() {
    while (left > 0) {
      const buffer = Buffer.alloc(Math.min(left, CHUNK_BYTES))
      const { bytesRead } = await file.read(buffer)
      if (bytesRead === 0) throw new Error('the file has become shorter than announced')
      const bytes = buffer.subarray(0, bytesRead)
      md5.update(bytes)
      left -= bytesRead
      yield bytes
    }
  }
  // The socket stays open for the digest and for further requests.
  await pipeline(read, socket, { end: false })
  return md5.digest('hex')
}

export async function download(to: Endpoint, name: string, saveAs: string): Promise<Downloaded> {
  // In the same folder: a file cannot be renamed onto another disk.
  const part = `${saveAs}.part`
  const socket = net.connect(to)
  try {
    const downloaded = await receiveFile(socket, name, part)
    await rename(part, saveAs)
    return downloaded
  } finally {
    socket.destroy()
    await rm(part, { force: true })
  }
}

async function receiveFile(socket: net.Socket, name: string, part: string): Promise<Downloaded> {
  const receive = receiver(socket)
  socket.write(`get ${name}`)
  const answer = String((await receive()) ?? 'nothing')
  if (!/^\d+$/.test(answer)) throw new Error(`no size: ${answer.slice(0, 100)}`)
  const size = Number(answer)
  const file = await open(part, 'w')
  try {
    const md5 = createHash('md5')
    let left = size
    let digest = ''
    socket.write('ready')
    // The bytes and the digest come as one stream: only the size tells where the digest begins.
    while (left > 0 || digest.length < DIGEST_BYTES) {
      const chunk = await receive()
      if (!chunk) throw new Error('the connection ended before the file was whole')
      const bytes = chunk.subarray(0, left)
      md5.update(bytes)
      await file.appendFile(bytes)
      left -= bytes.length
      digest += chunk.toString('latin1', bytes.length)
    }
    const own = md5.digest('hex')
    if (digest.toLowerCase() !== own)
      throw new Error(`the MD5 is ${own}, the server's is ${digest}`)
    return { size, md5: own }
  } finally {
    await file.close()
  }
}

function receiver(socket: net.Socket): () => Promise<Buffer | undefined> {
  // A plain `for await` would destroy the socket at the FIN, and with it what is still to be sent.
  const chunks = socket.iterator({ destroyOnReturn: false })
  return async () => (await chunks.next()).value
}
