/** The gallery shows every wrong program, its bug, what gave it away and its fix. */
import fs from 'node:fs'
import module from 'node:module'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test as unit } from 'vitest'
import { exercises } from '../../grader/manifest.ts'
import { mistakesOf } from '../../grader/verdict/mistakes.ts'
import { createSite } from '../../site/app.ts'
import { groups } from '../../site/gallery/catalogue.ts'
import { failuresOf, readFeedback } from '../../site/gallery/golden.ts'
import { galleryIds, galleryIndex, galleryPage, galleryTitles } from '../../site/gallery/pages.ts'
import { essence, filesOf } from '../../site/gallery/programs.ts'
import { axeViolations, describeInBrowser, serveApp, test } from './browser.ts'

const MOST_COMPRESSED = 110 * 1024
const all = exercises.flatMap((exercise) =>
  mistakesOf(exercise).map((mistake) => ({ exercise, mistake })),
)
const entries = groups.flatMap((group) => group.entries)

describe('the catalogue', () => {
  unit('has each of its numbers once', () => {
    const numbers = entries.map(({ number }) => number).sort((a, b) => a - b)
    expect(numbers).toEqual(Array.from({ length: 43 }, (_, i) => i + 1))
  })

  unit('has a wrong program for each, and knows the number of each program', () => {
    const used = new Set(all.flatMap(({ mistake }) => mistake.catalogue ?? []))
    expect(entries.filter(({ number }) => !used.has(number)).map(({ title }) => title)).toEqual([])
    expect([...used].filter((n) => !entries.some(({ number }) => number === n))).toEqual([])
  })
})

describe('recorded feedback', () => {
  unit('is taken apart into what it says', () => {
    const [first, second, ...more] = readFeedback(`✗ says hello                  0/2
  found     only 1 of 2 bytes came
  expected  2 B  "hi"
  got       1 B  "h"
                   ^ byte 1: expected 69 "i", got the end
  wire      0.000  →  say([
  1, 2
])
            0.000  ←  FIN
  cause     a cause
  read      lessons/01-sockets: A section

✗ ends 0/1
  found     no end
`)
    expect(first).toEqual({
      title: 'says hello',
      found: 'only 1 of 2 bytes came',
      comparison: [
        'expected  2 B  "hi"',
        'got       1 B  "h"',
        '                 ^ byte 1: expected 69 "i", got the end',
      ],
      wire: ['0.000  →  say([', '  1, 2', '])', '0.000  ←  FIN'],
    })
    expect(second).toMatchObject({ title: 'ends', found: 'no end', wire: [] })
    expect(more).toEqual([])
  })

  unit('of a mistake tells of the test that its header names', () => {
    const silent = all.filter(({ exercise, mistake }) => {
      const failures = failuresOf(exercise, mistake.name)
      // That every mistake has its feedback recorded is what test/layout.test.ts looks after.
      if (failures.length === 0) return false
      return !failures.some(({ title, found }) => title === mistake.fails && found !== '')
    })
    expect(silent.map(({ mistake }) => mistake.file)).toEqual([])
  })
})

describe('programs', () => {
  unit(
    'are shown without comments and without what runs them by hand, and still are programs',
    () => {
      const source = `// bug: b
/** What it does. */
export function f() {
  // Why.
  return '// no comment' /* here */
}

if (import.meta.main) {
  f()
}
`
      expect(essence(source)).toBe(
        "export function f() {\n  return '// no comment' /* here */\n}\n",
      )
      for (const { exercise } of all) {
        const folder = path.dirname(exercise.solution)
        for (const file of fs.readdirSync(folder)) {
          const shown = essence(fs.readFileSync(path.join(folder, file), 'utf8'))
          expect(() => module.stripTypeScriptTypes(shown), file).not.toThrow()
        }
      }
    },
  )

  unit('differ from the solution, and their fixes take out just the marked lines', () => {
    for (const { exercise, mistake } of all) {
      const files = filesOf(exercise, mistake)
      expect(files.flatMap(({ fixes }) => fixes).length, mistake.file).toBeGreaterThan(0)
      for (const { lines, fixes } of files) {
        const marked = lines.filter(({ kind }) => kind === 'wrong').length
        const out = fixes.flat().filter(({ mark }) => mark === '-').length
        expect(marked, mistake.file).toBe(out)
        if (fixes.length > 0) expect(lines.some(({ kind }) => kind !== 'right')).toBe(true)
      }
    }
  })
})

describe('pages', () => {
  unit('are there for each exercise, and are found by the search', () => {
    expect(galleryIds()).toEqual(exercises.map(({ id }) => id))
    expect(galleryTitles()).toHaveLength(all.length)
  })

  unit('hold each mistake, its bug, a transcript and the fix, and stay small', () => {
    for (const id of galleryIds()) {
      const { html, headings } = galleryPage(id, '/')
      const own = all.filter(({ exercise }) => exercise.id === id)
      expect(headings).toHaveLength(own.length)
      for (const { mistake } of own) expect(html).toContain(`<h2 id="${mistake.name}">`)
      expect(html.match(/<details class="fix">/g)).toHaveLength(own.length)
      expect(gzipSync(html, { level: 9 }).length, id).toBeLessThan(MOST_COMPRESSED)
    }
  })

  unit('link below the base', () => {
    const links = [galleryIndex('/course/'), galleryPage('line-framing', '/course/')].flatMap(
      ({ html }) => [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href),
    )
    expect(links.filter((href) => !href?.startsWith('#') && !href?.startsWith('/course/'))).toEqual(
      [],
    )
  })
})

describeInBrowser('in the browser', () => {
  const site = serveApp(createSite({ base: '/' }))

  test.for(['/gallery/', '/gallery/first-client/'])(
    '%s: axe finds nothing in either theme, all unfolded',
    async (url, { open }) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await open((await site).url + url, { colorScheme })
        await page.evaluate(() => {
          for (const details of document.querySelectorAll('details')) details.open = true
        })
        const rules = colorScheme === 'dark' ? ['color-contrast'] : undefined
        expect(await axeViolations(page, rules)).toEqual([])
      }
    },
  )

  test('on a phone only programs and diagrams scroll sideways', async ({ open }) => {
    const viewport = { width: 390, height: 800 }
    const page = await open(`${(await site).url}/gallery/line-framing/`, { viewport })
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBe(390)
  })

  test('a mistake of the catalogue leads to its programs, by keyboard', async ({ open }) => {
    const page = await open(`${(await site).url}/gallery/`)
    const entry = page.locator('#mistake-3')
    await entry.locator('summary').focus()
    await page.keyboard.press('Enter')
    await entry.getByRole('link', { name: 'Answers one line per chunk' }).press('Enter')
    await page.waitForURL('**/gallery/line-framing/#answers-one-line-per-chunk')
    const article = page.locator('article', { has: page.locator('#answers-one-line-per-chunk') })
    const fix = article.locator('details.fix')
    expect(await fix.locator('ins').first().isVisible()).toBe(false)
    await fix.locator('summary').first().press('Enter')
    expect(await fix.locator('ins').first().textContent()).toContain('for (let end')
    expect(await article.locator('mark').first().textContent()).toContain('const end')
  })
})
