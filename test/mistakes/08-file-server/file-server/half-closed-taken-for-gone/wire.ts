// bug: a client that has sent FIN is taken for gone, and its download is given up as soon as it has to wait; FIN only says that it asks no more
// catalogue: -
// fails: transfer: sends all of it to a client that reads late
// lesson: Errors arrive as events
import { once } from 'node:events'
import type net from 'node:net'
import { type Message, Refusal } from './protocol.ts'

/** How long a client that was hung up on may take to read the last words, in milliseconds. */
const LINGER_MS = 10_000

/** The connection broke, or ended where more was due. */
export class CutOff extends Error {
  readonly code = 'ECONNRESET'

  constructor(options?: ErrorOptions) {
    super('the connection was cut', options)
  }
}

/**
 * A socket that carries lines and raw bytes by turns. Whatever a chunk holds beyond what was asked
 * for stays here for the next who asks. Nothing is read unless somebody asks, and no more is written
 * than the other side takes: both ways a slow partner costs no memory.
 */
export class Wire {
  readonly #socket: net.Socket
  readonly #chunks: AsyncIterator<Buffer>
  readonly #closed = new AbortController()
  #unread: Buffer = Buffer.alloc(0)

  constructor(socket: net.Socket) {
    this.#socket = socket
    // Unlike `for await` on the socket itself, this one leaves our half open when theirs ends.
    this.#chunks = socket.iterator({ destroyOnReturn: false })[Symbol.asyncIterator]()
    // Whoever reads or writes is told of an error; without a listener it would end the process.
    socket.on('error', () => {})
    socket.once('close', () => this.#closed.abort())
    socket.once('end', () => this.#closed.abort())
  }

  /** The next line without its `\n`; undefined when the other side ended before a whole one. */
  async readLine(most: number): Promise<Buffer | undefined> {
    const pieces: Buffer[] = []
    let length = 0
    for (let chunk = await this.#next(); chunk; chunk = await this.#next()) {
      const end = chunk.indexOf('\n')
      const piece = end < 0 ? chunk : chunk.subarray(0, end)
      length += piece.length
      if (length > most) throw new Refusal('line-too-long')
      pieces.push(piece)
      if (end < 0) continue
      this.#unread = chunk.subarray(end + 1)
      return Buffer.concat(pieces, length)
    }
    return undefined
  }

  /** The next `length` bytes, as they come. Throws when the other side ends before that. */
  async *readBytes(length: number): AsyncGenerator<Buffer> {
    let missing = length
    while (missing > 0) {
      const chunk = await this.#next()
      if (!chunk) throw new CutOff()
      const piece = chunk.subarray(0, missing)
      this.#unread = chunk.subarray(piece.length)
      missing -= piece.length
      yield piece
    }
  }

  send(message: Message): Promise<void> {
    return this.write(`${JSON.stringify(message)}\n`)
  }

  /** Resolves when more may be written. */
  async write(data: string | Buffer): Promise<void> {
    if (this.#socket.write(data)) return
    await once(this.#socket, 'drain', { signal: this.#closed.signal }).catch(cutOff)
  }

  /** Sends what was written, then FIN. The other side is not waited for. */
  leave(): void {
    this.#socket.destroySoon()
  }

  /** Sends what was written, then FIN, and throws away what still comes: unread it would turn into an RST. */
  async hangUp(): Promise<void> {
    this.#socket.end()
    const timer = setTimeout(() => this.destroy(), LINGER_MS)
    try {
      while (await this.#next());
    } finally {
      clearTimeout(timer)
    }
  }

  destroy(): void {
    this.#socket.destroy()
  }

  async #next(): Promise<Buffer | undefined> {
    const unread = this.#unread
    if (unread.length > 0) {
      this.#unread = Buffer.alloc(0)
      return unread
    }
    const { value, done } = await this.#chunks.next().catch(cutOff)
    return done ? undefined : value
  }
}

function cutOff(cause: unknown): never {
  throw new CutOff({ cause })
}
