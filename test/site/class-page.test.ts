/** The page on a class, which a report writes, in a real browser. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect } from 'vitest'
import { exercises } from '../../grader/manifest.ts'
import { piecesOf } from '../../grader/report/formats.ts'
import type { Exercise, Report, Submission } from '../../grader/verdict/result.ts'
import { hostile, hostileMessage, real } from '../grader/report/hostile.ts'
import { axeViolations, describeInBrowser, test } from './browser.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'class-page-'))
afterAll(() => fs.rmSync(folder, { recursive: true }))

/** The hostile class, the real one, and one with all exercises. */
const submissions = [...hostile.submissions, ...real.submissions, whole()]
const url = await write({ ...hostile, submissions })

describeInBrowser('the page on a class', () => {
  test('is accessible in both themes, and fits a phone and a printed page', async ({ open }) => {
    const page = await open(url)
    expect(await axeViolations(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await axeViolations(page, ['color-contrast'])).toEqual([])
    const width = () => page.evaluate(() => document.documentElement.scrollWidth)
    await page.setViewportSize({ width: 360, height: 640 })
    expect(await width()).toBe(360)
    // A4 lying on its side with a margin of 1 cm, in CSS pixels.
    await page.setViewportSize({ width: 1047, height: 718 })
    await page.emulateMedia({ media: 'print' })
    expect(await width()).toBe(1047)
  })

  test('has a row for each student, which leads to what failed', async ({ open }) => {
    const page = await open(url)
    const names = await page.locator('.heat tbody th').allInnerTexts()
    expect(names).toHaveLength(submissions.length)
    const dead = await page
      .locator('a')
      .evaluateAll(
        (links) =>
          links.filter((one) => !document.querySelector((one as HTMLAnchorElement).hash)).length,
      )
    expect(dead).toBe(0)
    const bob = page
      .getByRole('article')
      .filter({ has: page.getByRole('heading', { name: 'bob' }) })
    await bob.getByText('endpoints').first().click()
    await expect.poll(() => bob.locator('pre').first().innerText()).toMatch(/^found .*\n.*\ngot /)
    const row = page.getByRole('row', { name: 'bob' })
    expect(await row.locator('td').allInnerTexts()).toEqual(expect.arrayContaining(['22/128', '○']))
    const mistake = page.getByRole('row', { name: 'endpoints the family was written as' })
    expect(await mistake.locator('td').first().innerText()).toBe('1')
  })

  test('shows hostile names and messages as text, loads nothing and runs nothing', async ({
    open,
  }) => {
    const page = await open(url, { expected: /Content Security Policy/ })
    expect(await page.title()).toBe('sockets: the class')
    expect(await page.locator('script, img, iframe, object, link').count()).toBe(0)
    const headings = await page.locator('article h3').allTextContents()
    expect(headings).toContain('<script>document.title = "hacked"</script>')
    expect(headings).toContain('right\\u202eleft')
    expect(headings).toContain('a\\x1b[31mred\\x00\\ud800end')
    await page.locator('details').evaluateAll((all) => {
      for (const one of all) (one as HTMLDetailsElement).open = true
    })
    const said = await page.locator('article pre').first().innerText()
    expect(said).toContain(hostileMessage.split('\n')[0])
    expect(said).toContain('\\x1b]0;title\\x07')
    // What would run if the escaping had a hole does not run either.
    await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'document.title = "hacked"'
      document.body.append(script)
    })
    expect(await page.title()).toBe('sockets: the class')
  })
})

async function write(report: Report): Promise<string> {
  const [piece] = await piecesOf('html', report)
  const file = path.join(folder, 'class.html')
  fs.writeFileSync(file, piece?.text ?? '')
  return pathToFileURL(file).href
}

/** Somebody with every exercise of the course and every share of its points. */
function whole(): Submission {
  const all = exercises.map(({ id, chapter }, i): Exercise => {
    const score = i % 12
    const status = score > 10 ? 'error' : score === 10 ? 'pass' : 'fail'
    return { id, chapter: chapter.id, status, score, max: 10, durationMs: 1, tests: [] }
  })
  return { name: 'eve', path: '/eve', status: 'graded', score: 1, max: 340, exercises: all }
}
