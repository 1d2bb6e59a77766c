/**
 * Bytes that grow at their end. Room is doubled when it is used up, so that a chunk more costs no more than
 * the chunk, however many came before. What was read off earlier stays as it was.
 */
export class Grown {
  #room: Buffer = Buffer.alloc(0)
  #length = 0

  append(chunk: Uint8Array): void {
    const length = this.#length + chunk.length
    if (length > this.#room.length) {
      const room = Buffer.allocUnsafe(Math.max(length, 2 * this.#room.length))
      this.#room.copy(room, 0, 0, this.#length)
      this.#room = room
    }
    this.#room.set(chunk, this.#length)
    this.#length = length
  }

  get length(): number {
    return this.#length
  }

  get bytes(): Buffer {
    return this.#room.subarray(0, this.#length)
  }
}
