import { Duplex } from 'node:stream'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode, encode, MESSAGE_LIMIT } from '../../../grader/student/channel.ts'
import { cut } from '../../../grader/wire/cuts.ts'

/** What is decoded from these pieces, each read alone. */
function read(...pieces: Uint8Array[]) {
  const pipe = new Duplex({ read() {}, write() {} })
  const messages: unknown[] = []
  const garbage: string[] = []
  decode(
    pipe,
    (message) => messages.push(message),
    (why) => garbage.push(why),
  )
  for (const piece of pieces) pipe.emit('data', Buffer.from(piece))
  return { messages, garbage }
}

const announcing = (length: number) => {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(length)
  return head
}

test('any values come out as they went in, however the frames are cut', () => {
  const values = fc.array(
    fc.oneof(fc.string(), fc.integer(), fc.bigInt(), fc.uint8Array(), fc.date()),
    { maxLength: 5 },
  )
  fc.assert(
    fc.property(values, fc.array(fc.nat()), (sent, places) => {
      const bytes = Buffer.concat(sent.map(encode))
      const cuts = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort(
        (a, b) => a - b,
      )
      const { messages, garbage } = read(...cut(bytes, cuts))
      expect(isDeepStrictEqual(messages, sent)).toBe(true)
      expect(garbage).toEqual([])
    }),
  )
})

test('every byte alone, and several messages in one piece', () => {
  const bytes = Buffer.concat([encode('one'), encode({ two: 2 }), encode(null)])
  const due = { messages: ['one', { two: 2 }, null], garbage: [] }
  expect(read(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(due)
  expect(read(bytes)).toEqual(due)
})

test('a part of a message is no message yet', () => {
  expect(read(encode('hello').subarray(0, -1))).toEqual({ messages: [], garbage: [] })
  expect(read(Buffer.from([0, 0]))).toEqual({ messages: [], garbage: [] })
})

test('a huge length is refused before anything of it came', () => {
  expect(read(announcing(MESSAGE_LIMIT + 1))).toEqual({
    messages: [],
    garbage: [`a message of ${MESSAGE_LIMIT + 1} bytes was announced`],
  })
  expect(read(announcing(0xffffffff)).garbage.length).toBe(1)
  expect(read(announcing(MESSAGE_LIMIT)).garbage).toEqual([])
})

test('garbage is told once, and nothing after it is read', () => {
  const { messages, garbage } = read(
    encode('good'),
    announcing(3),
    Buffer.from('bad'),
    encode('late'),
    announcing(2 ** 31),
  )
  expect(messages).toEqual(['good'])
  expect(garbage).toEqual(['bytes that are no message'])
})

test('whatever bytes come, nothing is thrown', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), (pieces) => {
      expect(read(...pieces).garbage.length).toBeLessThanOrEqual(1)
    }),
  )
  const body = fc.uint8Array({ minLength: 1 })
  fc.assert(
    fc.property(body, (bytes) => {
      const { messages, garbage } = read(announcing(bytes.length), bytes)
      expect(messages.length + garbage.length).toBe(1)
    }),
  )
})

test('what cannot be cloned or is too long throws where it is sent', () => {
  expect(() => encode(() => 1)).toThrow(/could not be cloned/)
  expect(() => encode(Buffer.alloc(MESSAGE_LIMIT))).toThrow(RangeError)
})
