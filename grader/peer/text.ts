import iconv from 'iconv-lite'
import { BadCall } from '../exit.ts'
import type { CharacterAt } from '../wire/bytes.ts'

export type Encoding = 'utf8' | 'gbk'

/** Text as bytes. Fails on a character that the encoding does not have. */
export function encode(text: string, encoding: Encoding): Buffer {
  const bytes = iconv.encode(text, encoding)
  const back = [...iconv.decode(bytes, encoding, { stripBOM: false })]
  const lost = [...text].find((character, i) => character !== back[i])
  if (lost === undefined) return bytes
  throw new BadCall(`${encoding.toUpperCase()} has no “${lost}”; nothing was sent`)
}

const ESCAPES: Record<string, number> = { n: 10, r: 13, t: 9, '0': 0, '"': 34, '\\': 92 }

/**
 * The TEXT of a command as bytes: with escapes as a transcript shows them (`\n`, `\x00`), and in quotes if
 * it is to begin or end with a space. Nothing is added.
 */
export function bytesOf(text: string, encoding: Encoding): Buffer {
  const trimmed = text.trim()
  const inner = /^"(.*)"$/s.exec(trimmed)?.[1] ?? trimmed
  // Either an escape, or a backslash that is none, or a run of other text.
  const parts = inner.match(/\\x[0-9a-f]{2}|\\[nrt0"\\]|\\.?|[^\\]+/gis) ?? []
  return Buffer.concat(
    parts.map((part) => {
      if (!part.startsWith('\\')) return encode(part, encoding)
      if (/^\\x../i.test(part)) return Buffer.of(Number.parseInt(part.slice(2), 16))
      const byte = ESCAPES[part.slice(1)]
      if (byte !== undefined) return Buffer.of(byte)
      throw new BadCall(
        `“${part}” is no escape: there are \\n \\r \\t \\0 \\" \\\\ and \\xHH, H being a digit from 0 to f`,
      )
    }),
  )
}

/** Bytes from hex digits, in pairs with or without white space between: `61 0a`, `610a`. */
export function bytesOfHex(text: string): Buffer {
  const digits = text.replace(/\s|0x/gi, '')
  const wrong = /[^0-9a-f]/i.exec(digits)?.[0]
  if (wrong) throw new BadCall(`“${wrong}” is no hex digit: write pairs of 0 to f, such as 61 0a`)
  if (digits.length === 0 || digits.length % 2 === 1)
    throw new BadCall(
      `each byte is two hex digits, such as 61 0a; here are ${digits.length} digits`,
    )
  return Buffer.from(digits, 'hex')
}

/** How many bytes a character has, by its first one: RFC 3629; in GBK a lead byte from 81 to fe has a trail byte. */
function lengthFrom(lead: number, encoding: Encoding): number {
  if (encoding === 'gbk') return lead >= 0x81 && lead <= 0xfe ? 2 : 1
  return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1
}

/** How `quote` finds GBK characters, where the first `before` bytes belong to a character of an earlier piece. */
export function gbkCharacterAt(before: number): CharacterAt {
  return (bytes, at) => {
    if (at < before || at + 2 > bytes.length || lengthFrom(bytes[at] ?? 0, 'gbk') === 1)
      return undefined
    const pair = Buffer.from(bytes.subarray(at, at + 2))
    const text = iconv.decode(pair, 'gbk')
    const isOne = [...text].length === 1 && iconv.encode(text, 'gbk').equals(pair)
    return isOne && /[\p{L}\p{N}\p{P}\p{S}]/u.test(text) ? { text, length: 2 } : undefined
  }
}

/** Follows one direction of a stream, to know of characters whose bytes come in several pieces. */
export class Characters {
  #begun: Buffer = Buffer.alloc(0)

  /** How many bytes of the next piece belong to a character begun before, and which, if it is whole now. */
  take(piece: Uint8Array, encoding: Encoding): { before: number; character?: string } {
    const begun = this.#begun
    const whole = begun.length > 0 ? lengthFrom(begun[0] ?? 0, encoding) : 0
    const before = Math.min(Math.max(0, whole - begun.length), piece.length)
    const first = Buffer.concat([begun, piece.subarray(0, before)])
    const isWhole = before > 0 && first.length === whole
    const character = isWhole ? iconv.decode(first, encoding, { stripBOM: false }) : undefined
    // What does not go on as UTF-8 was no character.
    if (character?.includes('\ufffd')) {
      this.#begun = tail(piece, encoding)
      return { before: 0 }
    }
    this.#begun = before > 0 && !isWhole ? first : tail(piece.subarray(before), encoding)
    return { before, ...(character && { character }) }
  }
}

/** The bytes at the end of a piece that begin a character and do not end it. */
function tail(piece: Uint8Array, encoding: Encoding): Buffer {
  let at = 0
  // UTF-8 can be read from near its end, GBK only from the beginning.
  if (encoding === 'utf8') {
    at = Math.max(0, piece.length - 3)
    while (at < piece.length && ((piece[at] ?? 0) & 0xc0) === 0x80) at++
  }
  while (at < piece.length) {
    const length = lengthFrom(piece[at] ?? 0, encoding)
    if (at + length > piece.length) return Buffer.from(piece.subarray(at))
    at += length
  }
  return Buffer.alloc(0)
}
