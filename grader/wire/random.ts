/**
 * A seeded source of test inputs (mulberry32): the same seed and label give the same numbers on every
 * machine, so that a failure can be replayed.
 */
export class Random {
  #state: number

  constructor(seed: string, label: string) {
    // FNV-1a over seed and label, so that each test draws its own numbers
    let hash = 0x811c9dc5
    for (const byte of Buffer.from(`${seed}\n${label}`)) hash = Math.imul(hash ^ byte, 0x01000193)
    this.#state = hash >>> 0
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return low + (((t ^ (t >>> 14)) >>> 0) % (high - low + 1))
  }

  pick<T>(from: readonly T[]): T {
    return from[this.int(0, from.length - 1)] as T
  }

  /** The same things in another order. */
  shuffle<T>(things: readonly T[]): T[] {
    const shuffled = [...things]
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = this.int(0, i)
      ;[shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T]
    }
    return shuffled
  }

  /** A lower-case word of `length` ASCII letters. */
  word(length = this.int(4, 9)): string {
    return Array.from({ length }, () => String.fromCharCode(this.int(97, 122))).join('')
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.int(0, 255))
  }

  /** Between 1 and `most` cuts of a byte string of `length`, ascending. */
  cuts(length: number, most = 8): number[] {
    if (length < 2) return []
    const count = this.int(1, Math.min(most, length - 1))
    const places = new Set(Array.from({ length: count }, () => this.int(1, length - 1)))
    return [...places].sort((a, b) => a - b)
  }
}
