import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cut, everyByte, everyPiece, everyTwoWaySplit } from '../../../grader/wire/cuts.ts'
import { Random } from '../../../grader/wire/random.ts'

const bytes = Uint8Array.of(1, 2, 3, 4)
const cutUp = (cuts: number[]) => cut(bytes, cuts).map((piece) => [...piece])

test('no cut leaves one piece, also of nothing', () => {
  expect(cutUp([])).toEqual([[1, 2, 3, 4]])
  expect(cut(new Uint8Array(), []).map((piece) => piece.length)).toEqual([0])
})

test('each cut begins a piece', () => {
  expect(cutUp([1, 3])).toEqual([[1], [2, 3], [4]])
})

test('everyByte puts each byte in a piece of its own', () => {
  expect(everyByte(4)).toEqual([1, 2, 3])
  expect(everyByte(1)).toEqual([])
  expect(everyByte(0)).toEqual([])
})

test('everyPiece makes writes of one size, the last of what is left', () => {
  expect(everyPiece(7, 3)).toEqual([3, 6])
  expect(everyPiece(6, 3)).toEqual([3])
  expect(everyPiece(0, 3)).toEqual([])
})

test('everyTwoWaySplit is all the ways to cut in two', () => {
  expect(everyTwoWaySplit(4)).toEqual([[1], [2], [3]])
  expect(everyTwoWaySplit(1)).toEqual([])
})

test('the pieces of seeded cuts are never empty and together are the whole', () => {
  fc.assert(
    fc.property(fc.string(), fc.uint8Array({ minLength: 1, maxLength: 200 }), (seed, whole) => {
      const pieces = cut(whole, new Random(seed, 'cuts').cuts(whole.length))
      expect(pieces.every((piece) => piece.length > 0)).toBe(true)
      expect(Buffer.concat(pieces)).toEqual(Buffer.from(whole))
    }),
  )
})
