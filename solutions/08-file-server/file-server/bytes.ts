import { createHash, type Hash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'

const PIECE = 64 * 1024

/** The bytes of a file from `from` up to `to`, in pieces. Throws when the file ends before `to`. */
export async function* bytesOf(file: FileHandle, from: number, to: number): AsyncGenerator<Buffer> {
  let at = from
  while (at < to) {
    // A new buffer each time: the last may still wait in a socket.
    const buffer = Buffer.allocUnsafe(Math.min(PIECE, to - at))
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at)
    if (bytesRead === 0) throw new Error(`the file has shrunk to ${at} bytes, ${to} were expected`)
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

/** A SHA-256 that has taken in the first `length` bytes of a file. */
export async function hashOf(file: FileHandle, length: number): Promise<Hash> {
  const hash = createHash('sha256')
  for await (const piece of bytesOf(file, 0, length)) hash.update(piece)
  return hash
}
