/** Texts for windows of every width: nothing is lost, nothing is too long, and the caret stays below its byte. */
import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { wrap } from '../../../grader/report/wrap.ts'

const FAILURE = `✗ keeps a character whole whose bytes come in two chunks             0/2
  found     the resolved text is not the one that was due
  expected  14 B  "sxadvbbr你好"
  got       26 B  "sxadvbbr\\xef\\xbf\\xbd\\xef\\xbf\\xbd"
                           ^ byte 8: expected e4 "\\xe4", got ef "\\xef"
  wire      0.000  →  ask({ host: '127.0.0.1', port: 40001 }, 'hello')
            0.002  ←  SYN 127.0.0.1:51022 → 127.0.0.1:40001
  cause     each chunk was decoded on its own, so a character whose bytes came in two chunks was broken`

test('a narrow window: labels, arrows and marks keep their column', () => {
  expect(`\n${wrap(FAILURE, 48)}\n`).toMatchInlineSnapshot(`
    "
    ✗ keeps a character whole whose bytes come in
      two chunks             0/2
      found     the resolved text is not the one
                that was due
      expected  14 B  "sxadvbbr你好"
      got       26 B  "sxadvbbr\\xef\\xbf\\xbd\\xef\\xbf\\
                               ^
                byte 8: expected e4 "\\xe4", got ef
                "\\xef"
                xbd"
      wire      0.000  →  ask({ host: '127.0.0.1',
                          port: 40001 }, 'hello')
                0.002  ←  SYN 127.0.0.1:51022 →
                          127.0.0.1:40001
      cause     each chunk was decoded on its own,
                so a character whose bytes came in
                two chunks was broken
    "
  `)
})

test('a list, code and Chinese', () => {
  const text = `- an item that is too long for the window
    const code = write(thatIsLong, andLonger)
1. 客户端先说话，服务器回答，然后双方各发一个`
  expect(`\n${wrap(text, 30)}\n`).toMatchInlineSnapshot(`
    "
    - an item that is too long for
      the window
        const code =
          write(thatIsLong,
          andLonger)
    1. 客户端先说话，服务器回答，
       然后双方各发一个
    "
  `)
})

test('the caret is below the first byte that differs at every width', () => {
  const values = fc.record({
    at: fc.nat(55),
    width: fc.integer({ min: 34, max: 100 }),
  })
  fc.assert(
    fc.property(values, ({ at, width }) => {
      const value = `  got       56 B  "${'.'.repeat(at)}#${'.'.repeat(55 - at)}"`
      const caret = `${' '.repeat(value.indexOf('#'))}^ byte ${at}: expected 2e ".", got 23 "#"`
      const rows = wrap(`${value}\n${caret}`, width).split('\n')
      const wrong = rows.findIndex((row) => row.includes('#') && !row.includes('byte'))
      expect(rows[wrong + 1]?.indexOf('^')).toBe(rows[wrong]?.indexOf('#'))
    }),
  )
})

test('no row is too long, and no character is lost, in colours too', () => {
  const word = fc.constantFrom('a', 'socket', '`close`', '你好世界', 'x'.repeat(70), '→', '✗')
  const line = fc.array(word, { maxLength: 30 }).map((words) => words.join(' '))
  fc.assert(
    fc.property(line, fc.integer({ min: 30, max: 120 }), (text, width) => {
      const rows = wrap(`  \x1b[2mcause\x1b[22m     \x1b[33m${text}\x1b[39m`, width).split('\n')
      for (const row of rows) expect(stringWidth(row)).toBeLessThanOrEqual(width)
      const letters = (one: string) => stripVTControlCharacters(one).replace(/\s/g, '')
      expect(letters(rows.join(''))).toBe(letters(`cause${text}`))
    }),
  )
})
