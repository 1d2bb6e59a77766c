import { createHash } from 'node:crypto'

/** Bytes too many to hold, made when they are needed: those from offset `from` up to, not including, `to`. */
export type Source = (from: number, to: number) => Uint8Array

/** How much of a Source is made at a time, in bytes. */
export const PIECE = 64 * 1024

/** `block` over and over. */
export function repeated(block: Uint8Array): Source {
  return (from, to) => {
    const start = from % block.length
    const copies = Math.ceil((start + to - from) / block.length)
    return Buffer.concat(Array.from({ length: copies }, () => block)).subarray(
      start,
      start + to - from,
    )
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
