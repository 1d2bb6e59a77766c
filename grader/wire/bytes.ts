import stringWidth from 'string-width'

/** Bytes as hexadecimal pairs: `68 69 0a`. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

const NAMED: Record<number, string> = { 9: '\\t', 10: '\\n', 13: '\\r', 34: '\\"', 92: '\\\\' }

/** The printable character of several bytes that begins at `at`, if a whole one does. */
export type CharacterAt = (
  bytes: Uint8Array,
  at: number,
) => { text: string; length: number } | undefined

/**
 * Bytes as a quoted string of at most `most` columns: printable ASCII as it is, whole characters (of
 * UTF-8, if nothing else is said) as they are, the rest as `\n` or `\xff`; `…` follows where bytes are
 * left out. `columns` tells for each byte shown, and for the end, at which column of the result it begins.
 */
export function quote(
  bytes: Uint8Array,
  most = 60,
  characterAt: CharacterAt = utf8Character,
): { text: string; columns: number[] } {
  let text = '"'
  let column = 1
  const columns: number[] = []
  let i = 0
  while (i < bytes.length && column < most) {
    const { text: next, length } = characterAt(bytes, i) ?? {
      text: one(bytes[i] ?? 0),
      length: 1,
    }
    for (let k = 0; k < length; k++) columns.push(column)
    text += next
    column += stringWidth(next)
    i += length
  }
  columns.push(column)
  return { text: `${text}"${i < bytes.length ? '…' : ''}`, columns }
}

/**
 * A text from outside as it can be shown anywhere: what a terminal would obey, a parser refuse or an eye not see
 * is written out, as in `\x1b`. Line ends and tabs stay.
 */
export function printable(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.charCodeAt(0).toString(16)
    return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`
  })
}

/**
 * Control characters, halves of a surrogate pair, line and paragraph separators, marks that turn the
 * direction of text, and what XML 1.0 does not allow (its production Char).
 */
const UNSEEN =
  /(?![\n\t])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu

/** Where two byte strings first differ; their common length when one begins the other; -1 when equal. */
export function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length)
  // Most are equal, and compared whole they are so a hundred times as fast.
  if (Buffer.compare(a.subarray(0, shorter), b.subarray(0, shorter)) === 0)
    return a.length === b.length ? -1 : shorter
  for (let i = 0; i < shorter; i++) if (a[i] !== b[i]) return i
  return shorter
}

/** What is sent and compared: text stands for its UTF-8 bytes. */
export function toBytes(data: string | Uint8Array): Buffer {
  return typeof data === 'string'
    ? Buffer.from(data)
    : Buffer.from(data.buffer, data.byteOffset, data.byteLength)
}

function one(byte: number): string {
  return (
    NAMED[byte] ??
    (byte >= 0x20 && byte < 0x7f
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, '0')}`)
  )
}

const utf8Character: CharacterAt = (bytes, at) => {
  const lead = bytes[at] ?? 0
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0
  if (length === 0 || at + length > bytes.length) return undefined
  const text = Buffer.from(bytes.subarray(at, at + length)).toString('utf8')
  const isWhole = !text.includes('\ufffd') && [...text].length === 1
  return isWhole && /[\p{L}\p{N}\p{P}\p{S}]/u.test(text) ? { text, length } : undefined
}
