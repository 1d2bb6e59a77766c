import type { Duplex } from 'node:stream'
import v8 from 'node:v8'

/** Messages longer than this are refused on both sides, in bytes. */
export const MESSAGE_LIMIT = 64 * 1024 * 1024

/**
 * One message as it crosses the pipe: a 4-byte big-endian length, then that many bytes of
 * v8-serialised value (structured clone). Throws an Error for what cannot be cloned and a RangeError
 * for what is longer than `MESSAGE_LIMIT`.
 */
export function encode(message: unknown): Buffer {
  const body = v8.serialize(message)
  if (body.length > MESSAGE_LIMIT) {
    throw new RangeError(`a value of ${body.length} bytes is too large to hand over`)
  }
  const frame = Buffer.allocUnsafe(4 + body.length)
  frame.writeUInt32BE(body.length)
  body.copy(frame, 4)
  return frame
}

/**
 * Calls `onMessage` for each whole message that arrives. What the other side writes is not trusted:
 * a length over the limit or a body that does not deserialise ends in `onGarbage`, once, never in an
 * exception.
 */
export function decode(
  pipe: Duplex,
  onMessage: (message: unknown) => void,
  onGarbage: (why: string) => void,
): void {
  let pieces: Buffer[] = []
  let held = 0
  let broken = false
  const fail = (why: string) => {
    broken = true
    pieces = []
    onGarbage(why)
  }
  pipe.on('data', (piece: Buffer) => {
    if (broken) return
    pieces.push(piece)
    held += piece.length
    while (held >= 4) {
      if (pieces[0] && pieces[0].length < 4) pieces = [Buffer.concat(pieces)]
      const length = pieces[0]?.readUInt32BE() ?? 0
      if (length > MESSAGE_LIMIT) return fail(`a message of ${length} bytes was announced`)
      if (held < 4 + length) return
      const all = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces)
      pieces = [all.subarray(4 + length)]
      held -= 4 + length
      let message: unknown
      try {
        message = v8.deserialize(all.subarray(4, 4 + length))
      } catch {
        return fail('bytes that are no message')
      }
      onMessage(message)
    }
  })
}
