// As much of Node's Buffer as the decoders use, for browsers: bundle.ts puts it in Buffer's place.

const encoder = new TextEncoder()
// Buffer keeps U+FEFF.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

class SmallBuffer extends Uint8Array {
  static alloc(size: number): SmallBuffer {
    return new SmallBuffer(size)
  }

  static override from(source: string | ArrayLike<number> | Iterable<number>): SmallBuffer {
    const bytes = typeof source === 'string' ? encoder.encode(source) : source
    return new SmallBuffer(bytes as ArrayLike<number>)
  }

  static concat(list: readonly Uint8Array[]): SmallBuffer {
    const whole = new SmallBuffer(list.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const bytes of list) {
      whole.set(bytes, at)
      at += bytes.length
    }
    return whole
  }

  readUInt16BE(at = 0): number {
    const [high, low] = this.subarray(at, at + 2)
    if (high === undefined || low === undefined) {
      throw Object.assign(new RangeError('Attempt to access memory outside buffer bounds'), {
        code: 'ERR_BUFFER_OUT_OF_BOUNDS',
      })
    }
    return high * 256 + low
  }

  override toString(_encoding = 'utf8', start = 0, end = this.length): string {
    return decoder.decode(this.subarray(start, end))
  }
}

export { SmallBuffer as Buffer }
