/** Sequence diagrams: what each kind of step looks like, and that no label ever lies on another. */
import fs from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test as unit } from 'vitest'
import { exercises, root } from '../../grader/manifest.ts'
import { readTranscript } from '../../grader/wire/transcript.ts'
import { sequenceDiagram } from '../../site/diagram/sequence.ts'
import { recordedFigure, wireBlock } from '../../site/diagram/wire-block.ts'
import { wrap, wrapParts } from '../../site/diagram/wrap.ts'
import { readFeedback } from '../../site/gallery/golden.ts'
import { axeViolations, describeInBrowser, test } from './browser.ts'

const draw = (...lines: string[]) => sequenceDiagram(readTranscript(lines))
const textsOf = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/gs)].map(([, text]) => text?.replaceAll('&quot;', '"'))
const SYN = '0.000  →  SYN 127.0.0.1:40001 → 127.0.0.1:40002'

describe('a diagram', () => {
  unit('names both sides, their ports, and what went', () => {
    const svg = draw(SYN, '0.000  →  2 B   68 69                      "hi"', '0.000  ←  FIN')
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['your program', ':40002', 'test', ':40001', 'SYN', 'FIN']),
    )
    expect(textsOf(svg)).toContain('2 B "hi"')
    expect(svg).toContain('role="img"')
    expect(svg).toContain('aria-label="Sequence diagram, 3 steps;')
  })

  unit('points arrows towards the program, or away from it', () => {
    const [, to] = /class="ctl" d="M(\d+) \d+H\d+/.exec(draw(SYN)) ?? []
    const [, from] = /class="ctl" d="M(\d+) \d+H\d+/.exec(draw('0.000  ←  FIN')) ?? []
    expect(Number(to)).toBeLessThan(Number(from))
  })

  unit('marks what was refused, reset or lost', () => {
    expect(draw('0.000  →  SYN → 127.0.0.1:40001: refused (RST)')).toContain('class="bad"')
    expect(draw(SYN, '0.000  ←  RST')).toContain('class="bad"')
    const datagram = '0.000  →  datagram 127.0.0.1:40001 → 127.0.0.1:40002  1 B   78   "x"'
    const lost = draw(datagram, '0.000  →  that datagram is lost on its way')
    expect(textsOf(lost)).toContain('lost datagram 1 B "x"')
    expect(lost.match(/<path class="bad"/g)).toHaveLength(1)
  })

  unit('a loss that is told later stands for itself', () => {
    const datagram = '0.000  →  datagram 127.0.0.1:40001 → 127.0.0.1:40002  1 B   78   "x"'
    const svg = draw(datagram, '0.000  ←  a word', '0.000  →  that datagram is lost on its way')
    expect(textsOf(svg)).toContain('that datagram is lost on its way')
  })

  unit('gives each connection a lifeline, and tells the ports that differ', () => {
    const svg = draw(
      '0.000  A →  SYN 127.0.0.1:40001 → 127.0.0.1:40002',
      '0.000  B →  SYN 127.0.0.1:40003 → 127.0.0.1:40004',
    )
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['A', 'B', 'SYN :40001 → :40002', 'SYN :40003 → :40004']),
    )
  })

  unit('shows times where there are any, and what was left out', () => {
    const svg = draw('1.250  →  SYN 127.0.0.1:1 → 127.0.0.1:2', '       … 60 more …')
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['1.250', '… 60 more …']))
    expect(textsOf(draw(SYN))).not.toContain('0.000')
  })

  unit('is not broken by what the bytes say', () => {
    const block = wireBlock('→  33 B  3c                         "<script>alert(1)</script>"\n')
    expect(block).not.toContain('<script>')
    expect(block).toContain('&lt;script&gt;')
  })
})

describe('wrapping', () => {
  unit('keeps to the width, loses nothing but spaces, and counts wide characters twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'bcd', ' ', '你好', '\\x00', '"')),
        fc.integer({ min: 4, max: 40 }),
        (words, columns) => {
          const text = words.join('')
          const lines = wrap(text, columns)
          for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns)
          expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
        },
      ),
    )
  })

  unit('breaks between parts first', () => {
    expect(wrapParts(['datagram', '12 B "hello"'], 40)).toEqual(['datagram 12 B "hello"'])
    expect(wrapParts(['datagram', '12 B "hello"'], 14)).toEqual(['datagram', '12 B "hello"'])
  })
})

describeInBrowser('in the browser', () => {
  const css = ['base.css', 'diagram.css']
    .map((name) => fs.readFileSync(path.join(root, 'site/style', name), 'utf8'))
    .join('')

  test('no label of any recorded failure lies on another or leaves its diagram', async ({
    open,
  }) => {
    const figures = exercises.flatMap(({ mistakes }) =>
      fs.globSync(`${mistakes}/golden/*.txt`).flatMap((file) => {
        const [first] = readFeedback(fs.readFileSync(file, 'utf8'))
        return first && first.wire.length > 0 ? [recordedFigure(readTranscript(first.wire))] : []
      }),
    )
    expect(figures.length).toBeGreaterThan(100)
    const page = await open('about:blank')
    await page.setContent(`<style>${css}</style>${figures.join('')}`)
    const wrong = await page.evaluate(() => {
      const found: string[] = []
      for (const svg of document.querySelectorAll('svg')) {
        const { width, height } = svg.viewBox.baseVal
        const boxes = [...svg.querySelectorAll('text')].map((text) => ({
          text: text.textContent,
          ...(({ x, y, width, height }) => ({ x, y, right: x + width, bottom: y + height }))(
            text.getBBox(),
          ),
        }))
        for (const [i, a] of boxes.entries()) {
          if (a.x < -1 || a.right > width + 1 || a.bottom > height + 1) found.push(`out: ${a.text}`)
          for (const b of boxes.slice(i + 1)) {
            const isApart =
              a.right <= b.x + 1 || b.right <= a.x + 1 || a.bottom <= b.y + 3 || b.bottom <= a.y + 3
            if (!isApart) found.push(`${a.text} on ${b.text}`)
          }
        }
      }
      return found
    })
    expect(wrong).toEqual([])
  })

  test.for(['light', 'dark'] as const)(
    'axe finds nothing in the %s theme',
    async (theme, { open }) => {
      const lines = [
        SYN,
        '0.000  →  RST',
        '0.000  ←  stdout  2 B   68 69    "hi"',
        '0.000  ←  word',
      ]
      const page = await open('about:blank', { colorScheme: theme })
      await page.setContent(
        `<html lang="en"><title>t</title><style>${css}</style><main><h1>t</h1>${recordedFigure(readTranscript(lines))}</main>`,
      )
      expect(await axeViolations(page)).toEqual([])
    },
  )
})
