import { createHash } from 'node:crypto'

/** Bytes too many to hold, made when they are needed: those from offset `from` up to, not including, `to`. */
export type Source = (from: number, to: number) => Uint8Array

/** How much of a Source is made at a time, in bytes. */
export const PIECE = 64 * 1024

/** `block` over and over. What it gives is nobody's to change. */
export function repeated(block: Uint8Array): Source {
  const copies = (least: number) =>
    Buffer.concat(Array.from({ length: Math.ceil(least / block.length) }, () => block))
  // A piece begins somewhere in the first copy: made once, no piece is copied again.
  const bytes = copies(block.length + PIECE)
  return (from, to) => {
    const [start, length] = [from % block.length, to - from]
    const enough = start + length <= bytes.length ? bytes : copies(start + length)
    return enough.subarray(start, start + length)
  }
}

/** The pieces of the first `length` bytes of a source, in order. */
export function* pieces(source: Source, length: number): Generator<Uint8Array> {
  for (let from = 0; from < length; from += PIECE) {
    yield source(from, Math.min(length, from + PIECE))
  }
}

/** The digest of the first `length` bytes of a source, in lower-case hex. */
export function digest(algorithm: 'md5' | 'sha256', source: Source, length: number): string {
  const hash = createHash(algorithm)
  for (const piece of pieces(source, length)) hash.update(piece)
  return hash.digest('hex')
}
