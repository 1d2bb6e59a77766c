import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { firstDifference, hex, printable, quote, toBytes } from '../../../grader/wire/bytes.ts'

const text = (value: string | Uint8Array, most?: number) => quote(toBytes(value), most).text

test('hex shows each byte as a pair', () => {
  expect(hex(Uint8Array.of(0, 0x0a, 0xff))).toBe('00 0a ff')
  expect(hex(new Uint8Array())).toBe('')
})

test('quote shows printable ASCII as it is and names the rest', () => {
  expect(text('a b~')).toBe('"a b~"')
  expect(text('\t\n\r"\\')).toBe('"\\t\\n\\r\\"\\\\"')
  expect(text('\0\x1f\x7f')).toBe('"\\x00\\x1f\\x7f"')
  expect(text('')).toBe('""')
})

test('quote shows whole UTF-8 characters as they are', () => {
  expect(text('é中𝒳')).toBe('"é中𝒳"')
})

test('quote shows half a character, overlong forms and surrogates byte by byte', () => {
  expect(text(Buffer.from('中').subarray(0, 2))).toBe('"\\xe4\\xb8"')
  expect(text(Buffer.from('中').subarray(1))).toBe('"\\xb8\\xad"')
  expect(text(Uint8Array.of(0xc0, 0x80))).toBe('"\\xc0\\x80"')
  expect(text(Uint8Array.of(0xed, 0xa0, 0x80))).toBe('"\\xed\\xa0\\x80"')
})

test('quote names invisible characters and a replacement character by their bytes', () => {
  expect(text('\u200b\ufeff\u0085')).toBe('"\\xe2\\x80\\x8b\\xef\\xbb\\xbf\\xc2\\x85"')
  expect(text('\ufffd')).toBe('"\\xef\\xbf\\xbd"')
})

test('quote leaves out what does not fit, and says so', () => {
  expect(text('abcdef', 4)).toBe('"abc"…')
  expect(text('abc', 4)).toBe('"abc"')
})

test('the column of each byte is where its character begins, wide ones taking two', () => {
  // "中é\n: a quote, two columns, one, and an escape of two
  expect(quote(toBytes('中é\nx')).columns).toEqual([1, 1, 1, 3, 3, 4, 6, 7])
})

test('a caret at any column points into the text, whatever the bytes', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 80 }),
      fc.integer({ min: 2, max: 90 }),
      (bytes, most) => {
        const { text, columns } = quote(bytes, most)
        const inside = stringWidth(text.replace(/…$/, ''))
        expect(columns.at(-1)).toBe(inside - 1)
        expect([...columns].sort((a, b) => a - b)).toEqual(columns)
        expect(columns.length - 1 === bytes.length).toBe(!text.endsWith('…'))
      },
    ),
  )
})

test('firstDifference is the first byte that differs, the shorter length, or -1', () => {
  expect(firstDifference(toBytes('abc'), toBytes('abd'))).toBe(2)
  expect(firstDifference(toBytes('ab'), toBytes('abc'))).toBe(2)
  expect(firstDifference(toBytes('abc'), toBytes(''))).toBe(0)
  expect(firstDifference(toBytes('abc'), toBytes('abc'))).toBe(-1)
  expect(firstDifference(toBytes(''), toBytes(''))).toBe(-1)
})

test('toBytes takes the part of a buffer that a view shows', () => {
  expect(toBytes('é')).toEqual(Buffer.from([0xc3, 0xa9]))
  expect(toBytes(Uint8Array.of(1, 2, 3, 4).subarray(1, 3))).toEqual(Buffer.from([2, 3]))
})

test('what a terminal would obey is escaped, and nothing else', () => {
  expect(printable('\u001b[2J\u0007\r\u009b31m\u202e')).toBe('\\x1b[2J\\x07\\x0d\\x9b31m\\u202e')
  expect(printable('two\n\tlines, 你好 “quoted” 👩‍💻 \\x1b')).toBe(
    'two\n\tlines, 你好 “quoted” 👩‍💻 \\x1b',
  )
})
