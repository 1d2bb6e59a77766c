/** Where to cut a byte string into writes: ascending offsets strictly between 0 and its length. */
export type Cuts = readonly number[]

/** Every byte in a write of its own. */
export function everyByte(length: number): Cuts {
  return everyPiece(length, 1)
}

/** Writes of `size` bytes each, the last one of what is left. */
export function everyPiece(length: number, size: number): Cuts {
  return Array.from({ length: Math.ceil(length / size) - 1 }, (_, i) => (i + 1) * size)
}

/** All the ways to cut in two, in order. */
export function everyTwoWaySplit(length: number): Cuts[] {
  return everyByte(length).map((at) => [at])
}

/** The pieces that `cuts` make of `bytes`; together they are `bytes`. */
export function cut(bytes: Uint8Array, cuts: Cuts): Uint8Array[] {
  const ends = [...cuts, bytes.length]
  return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end))
}
