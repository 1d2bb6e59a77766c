import fs from 'node:fs'
import { BadCall } from '../exit.ts'
import { quote } from '../wire/bytes.ts'
import { KEPT_BYTES, type WireEvent } from '../wire/recording.ts'
import type { Listener } from './log.ts'
import { type Encoding, gbkCharacterAt } from './text.ts'

type Came = { pieces: Uint8Array[]; length: number }

/**
 * Writes a session down as a script that repeats it: the lines that were typed, and between them, as
 * expectations, what came. The file is whole at any moment.
 */
export class Scribe implements Listener {
  readonly #file: string
  readonly #encoding: () => Encoding
  readonly #isServer: boolean
  readonly #lines: string[]
  #typedAt = 0
  /** what came of each connection since the last line */
  readonly #came = new Map<string, Came>()

  /** `call` is how this session was started. Throws a BadCall when the file cannot be made anew. */
  constructor(file: string, call: string, isServer: boolean, encoding: () => Encoding) {
    this.#file = file
    this.#encoding = encoding
    this.#isServer = isServer
    this.#lines = [`/# repeat it with: ${call} --script ${file}`]
    try {
      fs.writeFileSync(file, '', { flag: 'wx' })
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      throw new BadCall(
        code === 'EEXIST'
          ? `${file} exists already and is left as it is; choose another name to record to`
          : `nothing can be recorded to ${file}: ${message}`,
      )
    }
    this.#write()
  }

  /** Leaves no file behind: there was no session. */
  discard(): void {
    fs.rmSync(this.#file)
  }

  typed(line: string): void {
    this.flush()
    this.#typedAt = this.#lines.push(line) - 1
    this.#write()
  }

  /** Takes back the last line: it could not be carried out. */
  retract(): void {
    this.#lines.splice(this.#typedAt, 1)
    this.#write()
  }

  happened(event: WireEvent, bytes: Uint8Array): void {
    if (event.way === 'in') return
    if (event.kind === 'SYN') this.#add('/expect client')
    if (event.kind === 'data') this.wentOn(event, bytes)
    if (event.kind === 'datagram') {
      this.wentOn(event, bytes)
      this.flush()
    }
    if (event.kind === 'FIN' || event.kind === 'RST') {
      this.flush()
      this.#add(`/expect ${this.#of(event.conn)}${event.kind.toLowerCase()}`)
    }
  }

  wentOn({ conn, way }: WireEvent, bytes: Uint8Array): void {
    if (way === 'in') return
    const came = this.#came.get(conn) ?? { pieces: [], length: 0 }
    this.#came.set(conn, came)
    came.length += bytes.length
    if (came.length <= KEPT_BYTES) came.pieces.push(bytes)
  }

  /** Writes down what has come until now. */
  flush(): void {
    for (const [conn, { pieces, length }] of this.#came) {
      const characterAt = this.#encoding() === 'gbk' ? gbkCharacterAt(0) : undefined
      const what =
        length <= KEPT_BYTES
          ? quote(Buffer.concat(pieces), Number.POSITIVE_INFINITY, characterAt).text
          : `${length} bytes`
      this.#add(`/expect ${this.#of(conn)}${what}`)
    }
    this.#came.clear()
  }

  #of(conn: string): string {
    return this.#isServer ? `${conn} ` : ''
  }

  #add(line: string): void {
    this.#lines.push(line)
    this.#write()
  }

  #write(): void {
    fs.writeFileSync(this.#file, `${this.#lines.join('\n')}\n`)
  }
}
