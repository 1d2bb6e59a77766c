import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bytesOf,
  bytesOfHex,
  Characters,
  encode,
  gbkCharacterAt,
} from '../../../grader/peer/text.ts'
import { quote } from '../../../grader/wire/bytes.ts'

test('what a transcript shows of bytes stands for these bytes when it is typed', () => {
  const text = fc.constantFrom('你好', 'é', '€', ' "\\', '\\x', '😀', '\ufeff', '\r\n\0')
  const bytes = fc.oneof(
    fc.uint8Array(),
    text.map((part) => Uint8Array.from(Buffer.from(part))),
  )
  fc.assert(
    fc.property(fc.array(bytes), (parts) => {
      const all = Buffer.concat(parts)
      const utf8 = quote(all, Number.POSITIVE_INFINITY).text
      expect(bytesOf(utf8, 'utf8')).toEqual(all)
      const gbk = quote(all, Number.POSITIVE_INFINITY, gbkCharacterAt(0)).text
      expect(bytesOf(gbk, 'gbk')).toEqual(all)
    }),
  )
})

test('text, escapes and hex digits are read as a person means them', () => {
  expect(bytesOf('  a\\n\\x00\\xFf ', 'utf8')).toEqual(Buffer.from([0x61, 10, 0, 0xff]))
  expect(bytesOf('" a "', 'utf8').toString()).toBe(' a ')
  expect(bytesOf('你', 'gbk')).toEqual(Buffer.from([0xc4, 0xe3]))
  expect(bytesOfHex('61 0a 0xFF 6262')).toEqual(Buffer.from([0x61, 10, 0xff, 0x62, 0x62]))
})

test.each([
  [() => bytesOf('a\\q', 'utf8'), '“\\q” is no escape'],
  [() => bytesOf('a\\', 'utf8'), '“\\” is no escape'],
  [() => bytesOf('\\xg0', 'utf8'), '“\\x” is no escape'],
  [() => bytesOfHex('6'), 'each byte is two hex digits'],
  [() => bytesOfHex(''), 'each byte is two hex digits'],
  [() => bytesOfHex('6z'), '“z” is no hex digit'],
  [() => encode('a😀b', 'gbk'), 'GBK has no “😀”; nothing was sent'],
])('what cannot be meant is told: %s', (read, message) => {
  expect(read).toThrow(message)
})

describe('a character whose bytes come in pieces is known when it is whole', () => {
  test.each(['utf8', 'gbk'] as const)('in %s, wherever it is cut', (encoding) => {
    const text = 'a你b好'
    for (const size of [1, 2, 3]) {
      const bytes = encode(text, encoding)
      const characters = new Characters()
      const found: string[] = []
      for (let at = 0; at < bytes.length; at += size) {
        const piece = bytes.subarray(at, at + size)
        const { before, character } = characters.take(piece, encoding)
        const whole = new TextDecoder(encoding)
          .decode(piece.subarray(before))
          .replaceAll('\ufffd', '')
        found.push(character ?? '', whole)
      }
      expect(found.join('')).toBe(text)
    }
  })

  test('bytes that are no character hold nothing up', () => {
    const characters = new Characters()
    characters.take(Buffer.from([0xe4]), 'utf8')
    expect(characters.take(Buffer.from('abc'), 'utf8')).toEqual({ before: 0 })
    expect(characters.take(Buffer.from('abc'), 'utf8')).toEqual({ before: 0 })
  })
})
