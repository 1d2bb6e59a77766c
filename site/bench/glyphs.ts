export { hex } from '../../grader/wire/bytes.ts'

/** What to show below each byte: its character, `\n` and the like, and `·` where there is none. */
export function glyphs(bytes: Uint8Array): string[] {
  const shown: string[] = []
  for (const character of new TextDecoder().decode(bytes)) {
    const { length } = new TextEncoder().encode(character)
    shown.push(glyph(character), ...Array<string>(length - 1).fill('…'))
  }
  return shown
}

function glyph(character: string): string {
  if (character === ' ') return '␣'
  return character < ' ' ? (ESCAPES[character] ?? '·') : character
}

const ESCAPES: Record<string, string> = { '\r': '\\r', '\n': '\\n' }

/** A string in quotes, with escapes for what cannot be seen. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/\\u00(..)/g, '\\x$1')
}
