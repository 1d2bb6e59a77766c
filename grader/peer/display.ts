import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'
import colors from 'yoctocolors'
import { type CharacterAt, hex, quote } from '../wire/bytes.ts'
import type { WireEvent } from '../wire/recording.ts'
import { linesOf, type Shape, stepOf } from '../wire/transcript.ts'
import type { Listener } from './log.ts'
import { Characters, type Encoding, gbkCharacterAt } from './text.ts'

/** Data of at most this many bytes is shown whole, longer data as a transcript shows it; `/dump` has it all. */
const SHOWN_WHOLE = 512
/** How long a stream must have been quiet before its length is told, in milliseconds. */
const QUIET_MS = 200
/** As wide as a time is. */
const INDENT = ' '.repeat(7)
/** What a line needs besides hex and text: time, arrow, length, quotes. */
const REST_COLUMNS = 24

type Settings = {
  print: (line: string) => void
  /** of the terminal */
  columns: () => number
  encoding: () => Encoding
  /** whether there can be several connections, so that each line tells its letter */
  hasLetters: boolean
}

/** Shows what happens as the lines of a transcript, in the notation of the grader's feedback. */
export class Display implements Listener {
  readonly #settings: Settings
  /** of each connection and way, the characters that come in pieces */
  readonly #characters = new Map<string, Characters>()
  #last: { bytes: Uint8Array; before: number } | undefined
  #more = 0
  #timer: NodeJS.Timeout | undefined

  constructor(settings: Settings) {
    this.#settings = settings
  }

  happened(event: WireEvent, bytes: Uint8Array): void {
    this.flush()
    const { before, character } = this.#split(event, bytes)
    if (event.way === 'out' && 'bytes' in event) this.#last = { bytes, before }
    const encoding = this.#settings.encoding()
    const characterAt = encoding === 'gbk' ? gbkCharacterAt(before) : undefined
    for (const line of this.#lines(event, characterAt)) this.#settings.print(coloured(line, event))
    if (character) this.say(`${character} is whole now: its first bytes came in a piece before`)
  }

  wentOn(event: WireEvent, bytes: Uint8Array): void {
    const { before } = this.#split(event, bytes)
    if (event.way === 'out') this.#last = { bytes, before }
    this.#more += bytes.length
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.flush(), QUIET_MS)
  }

  /** Tells how much more came of a long stream, if that has not been told. */
  flush(): void {
    clearTimeout(this.#timer)
    if (this.#more > 0) this.say(`… and ${this.#more.toLocaleString('en')} B more`)
    this.#more = 0
  }

  /** Something about the session that did not go over the wire, below the times. */
  say(text: string, colour = colors.dim): void {
    const width = Math.max(20, this.#settings.columns() - INDENT.length)
    const lines = text.split('\n').flatMap((line) => wrapAnsi(line, width).split('\n'))
    this.#settings.print(lines.map((line) => INDENT + colour(line)).join('\n'))
  }

  /** The result of a script: lines as they are. */
  tell(...lines: string[]): void {
    this.flush()
    this.#settings.print(lines.join('\n'))
  }

  /** Why something could not be done. */
  warn(text: string): void {
    this.say(text, colors.yellow)
  }

  /** The data that came last, every byte of it in hex and as text. */
  dump(): void {
    if (!this.#last) return this.say('nothing has come yet')
    const { bytes, before } = this.#last
    const width = this.#settings.columns() >= 76 ? 16 : 8
    const encoding = this.#settings.encoding()
    const characters = new Characters()
    for (let at = 0; at < bytes.length; at += width) {
      const row = bytes.subarray(at, at + width)
      const begun = at === 0 ? before : 0
      const split = characters.take(row.subarray(begun), encoding)
      const characterAt = encoding === 'gbk' ? gbkCharacterAt(begun + split.before) : undefined
      const text = quote(row, Number.POSITIVE_INFINITY, characterAt).text
      this.#settings.print(`${String(at).padStart(5)}  ${hex(row).padEnd(width * 3)} ${text}`)
    }
  }

  #split(event: WireEvent, bytes: Uint8Array): ReturnType<Characters['take']> {
    if (event.kind !== 'data') return { before: 0 }
    const key = `${event.conn} ${event.way}`
    const characters = this.#characters.get(key) ?? new Characters()
    this.#characters.set(key, characters)
    return characters.take(bytes, this.#settings.encoding())
  }

  /** An event on as many lines as it needs. */
  #lines(event: WireEvent, characterAt: CharacterAt | undefined): string[] {
    const columns = this.#settings.columns()
    const hexBytes = columns < 64 ? 4 : 8
    const textColumns = Math.max(8, columns - REST_COLUMNS - 3 * hexBytes)
    const shape: Shape = { hexBytes, textColumns, ...(characterAt && { characterAt }) }
    const step = stepOf(event, this.#settings.hasLetters, shape)
    const rows = linesOf([step]).flatMap((line) => fitted(line, event, columns))
    if (!('bytes' in event) || event.length > SHOWN_WHOLE) return rows
    // What a transcript would leave out goes on below, as one text over several rows.
    let { text, columns: shown } = quote(event.bytes, textColumns, characterAt)
    const indent = ' '.repeat(stringWidth(rows.at(-1) ?? '') - stringWidth(text) + 1)
    let rest = event.bytes.subarray(shown.length - 1)
    while (rest.length > 0) {
      rows.push(rows.pop()?.replace(/"…$/, '') ?? '')
      ;({ text, columns: shown } = quote(rest, textColumns, characterAt))
      rows.push(indent + text.slice(1))
      rest = rest.subarray(shown.length - 1)
    }
    return rows
  }
}

/** The line of a datagram tells two names as well: where it is too long, what it holds begins a new line. */
function fitted(line: string, { kind }: WireEvent, columns: number): string[] {
  const at = line.search(/(?<= {2})\d+ B /)
  if (kind !== 'datagram' || stringWidth(line) <= columns) return [line]
  return [line.slice(0, at).trimEnd(), ' '.repeat(12) + line.slice(at)]
}

function coloured(line: string, { way, kind }: WireEvent): string {
  const colour =
    kind === 'RST' || kind === 'refused' ? colors.red : way === 'in' ? colors.cyan : colors.green
  return line
    .replace(/[→←]/, (arrow) => colour(arrow))
    .replace(/^\d+\.\d{3}/, (at) => colors.dim(at))
}
