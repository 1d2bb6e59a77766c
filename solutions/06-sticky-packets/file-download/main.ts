import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { constants, type FileHandle, open, realpath, rename, rm } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'

type Endpoint = { host: string; port: number }
type Downloaded = { size: number; md5: string }

/** An MD5 digest on the wire: 32 hexadecimal digits. */
const DIGEST_BYTES = 32
/** How much of a file is in memory at a time. */
const CHUNK_BYTES = 64 * 1024

/**
 * Starts a server that gives out the files in `root`. For each `get NAME` it sends the size in bytes
 * (decimal), waits for any acknowledgement, and sends exactly that many bytes and their MD5 (32 hex
 * digits); or `ERR REASON`, when NAME is missing, no regular file or outside `root`. Resolves once it
 * listens; rejects with the system's error when it cannot.
 */
export async function startDownloadServer(at: Endpoint, root: string): Promise<net.Server> {
  // Half-open: a client that has sent FIN still gets the file that it asked for. No delay: the digest
  // would else wait until the client's system has confirmed the last of the file.
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy())
    serve(socket, root).catch(() => socket.destroy())
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

/** Answers one client's requests, one after another, until its FIN. */
async function serve(socket: net.Socket, root: string): Promise<void> {
  const receive = receiver(socket)
  for (let request = await receive(); request; request = await receive()) {
    let file: FileHandle
    try {
      file = await openRequested(root, request.toString())
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      // Not the system's message: it tells where the root lies.
      socket.write(`ERR ${code ?? message}`)
      continue
    }
    try {
      const { size } = await file.stat()
      socket.write(String(size))
      if (!(await receive())) break
      socket.write(await sendBytes(file, size, socket))
    } finally {
      await file.close()
    }
  }
  socket.end()
}

/** Opens the file that `request` asks for; rejects when there is none that may be sent. */
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

/** Sends the first `size` bytes of a file, as fast as the client takes them; resolves with their MD5. */
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

/**
 * Downloads the file `name` and saves it as `saveAs`; resolves with its size in bytes and its MD5. The
 * file appears whole and proven, or not at all: on any failure the promise rejects, nothing new is left,
 * and a file that was there before is as it was. Connection failures keep the system's `code`.
 */
export async function download(to: Endpoint, name: string, saveAs: string): Promise<Downloaded> {
  // In the same folder: a file cannot be renamed onto another disk.
  const part = `${saveAs}.${randomUUID()}.part`
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

/** Asks for the file `name` and writes it to `part`; rejects unless all of it came, unharmed. */
async function receiveFile(socket: net.Socket, name: string, part: string): Promise<Downloaded> {
  const receive = receiver(socket)
  socket.write(`get ${name}`)
  const answer = String((await receive()) ?? 'nothing')
  if (!/^\d+$/.test(answer)) throw new Error(`no size: ${answer.slice(0, 100)}`)
  const size = Number(answer)
  const file = await open(part, 'wx')
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

/**
 * Makes a function that resolves with what comes next on a socket, and with undefined at the FIN. It
 * may be taken for a message only where the protocol lets nothing else be under way.
 */
function receiver(socket: net.Socket): () => Promise<Buffer | undefined> {
  // A plain `for await` would destroy the socket at the FIN, and with it what is still to be sent.
  const chunks = socket.iterator({ destroyOnReturn: false })
  return async () => (await chunks.next()).value
}

if (import.meta.main) {
  const [first = '4000', second = '.', name, saveAs = name] = process.argv.slice(2)
  if (name && saveAs) {
    console.log(await download({ host: first, port: Number(second) }, name, saveAs))
  } else {
    await startDownloadServer({ host: '127.0.0.1', port: Number(first) }, second)
    console.log(`listening on 127.0.0.1:${first}`)
  }
}
