import { Hono } from 'hono'
import { raw } from 'hono/html'
import type { Page } from 'playwright-core'
import { afterAll, expect } from 'vitest'
import { Random } from '../../grader/wire/random.ts'
import { createSite } from '../../site/app.ts'
import { benchBlock } from '../../site/bench/block.ts'
import { page as layout } from '../../site/pages/layout.ts'
import {
  axeViolations,
  describeInBrowser,
  type Open,
  type OpenOptions,
  serveApp,
  test,
} from './browser.ts'

/** The site, and a page of its own layout that holds nothing but the bench: quick to load and to look at. */
const app = new Hono()
app.get('/bench/', async (c) => {
  const main = raw(`<div class="prose"><h2>Cut it yourself</h2>${benchBlock()}</div>`)
  const about = 'the byte-stream bench'
  return c.html(`${await layout({ base: '/', live: undefined }, { title: 'Bench', about, main })}`)
})
app.route('/', createSite({ base: '/' }))
const site = await serveApp(app)
afterAll(() => site.close())

/** The bench with one of its streams, and what the tests ask of it. */
async function bench(open: Open, id = 'lines', options: OpenOptions = {}) {
  const page = await open(`${site.url}/bench/`, options)
  await page.check(`.bench input[value=${id}]`)
  const panel = page.locator(`.bench-panel[data-panel=${id}]`)
  const cuts = panel.getByRole('slider')
  return {
    page,
    panel,
    cuts,
    places: () =>
      cuts.evaluateAll((handles) => handles.map((handle) => Number(handle.ariaValueNow))),
    verdict: (decoder: string) =>
      panel.locator(`[data-decoder=${decoder}]`).getAttribute('data-verdict'),
    press: (name: string) => panel.getByRole('button', { name }).click(),
    status: () => panel.getByRole('status').textContent(),
    /** The middle of the gap before a byte, on the page. */
    async gap(before: number) {
      const box = await panel.locator('.bench-byte').nth(before).boundingBox()
      if (!box) throw new Error('the byte is not shown')
      return { x: box.x - 3, y: box.y + box.height / 2 }
    },
  }
}

/** What has the focus, as the ear has it. */
const focused = (page: Page) => page.evaluate(() => document.activeElement?.ariaValueNow)

describeInBrowser('the bench', () => {
  test('a cut that is dragged changes what the wrong reader makes of it, not the right one', async ({
    open,
  }) => {
    const { page, cuts, gap, places, verdict } = await bench(open)
    await cuts.scrollIntoViewIfNeeded()
    const drag = async (to: number) => {
      const from = await gap((await places())[0] ?? 0)
      const target = await gap(to)
      await page.mouse.move(from.x, from.y)
      await page.mouse.down()
      await page.mouse.move(target.x + 4, target.y, { steps: 3 })
      await page.mouse.up()
    }
    expect(await places()).toEqual([11])
    await drag(5)
    expect(await places()).toEqual([5])
    expect(await verdict('forgetful')).toBe('right')
    expect(await verdict('hasty')).toBe('wrong')
    await drag(3)
    expect(await places()).toEqual([3])
    expect(await verdict('forgetful')).toBe('wrong')
    expect(await verdict('shortsighted')).toBe('right')
    expect(await verdict('patient')).toBe('right')
  })

  test('a click between two bytes cuts there, a click on a cut takes it away', async ({ open }) => {
    const { page, cuts, gap, places } = await bench(open)
    await cuts.scrollIntoViewIfNeeded()
    const place = await gap(4)
    await page.mouse.click(place.x, place.y)
    expect(await places()).toEqual([4, 11])
    await page.mouse.click(place.x, place.y)
    expect(await places()).toEqual([11])
  })

  test('a finger drags a cut', async ({ open }) => {
    const { page, cuts, gap, places } = await bench(open, 'lines', {
      hasTouch: true,
      viewport: { width: 390, height: 800 },
    })
    await cuts.scrollIntoViewIfNeeded()
    const touch = await page.context().newCDPSession(page)
    const send = (
      type: 'touchStart' | 'touchMove' | 'touchEnd',
      ...touchPoints: { x: number; y: number }[]
    ) => touch.send('Input.dispatchTouchEvent', { type, touchPoints })
    await send('touchStart', await gap(11))
    await send('touchMove', await gap(10))
    await send('touchMove', await gap(9))
    await send('touchEnd')
    expect(await places()).toEqual([9])
  })

  test('everything is in reach of the keyboard', async ({ open }) => {
    const { page, panel, places, verdict } = await bench(open)
    await page.focus('.bench input[value=lines]')
    for (let i = 0; i < 10; i += 1) await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('11')
    await page.keyboard.press('ArrowLeft')
    expect(await places()).toEqual([10])
    expect(await verdict('shortsighted')).toBe('right')
    await page.keyboard.press('ArrowRight')
    expect(await verdict('shortsighted')).toBe('wrong')
    await page.keyboard.press('Home')
    expect(await places()).toEqual([1])
    await page.keyboard.press('Enter')
    expect(await places()).toEqual([1, 6])
    expect(await focused(page)).toBe('6')
    // No cut passes another.
    await page.keyboard.press('Home')
    expect(await places()).toEqual([1, 2])
    await page.keyboard.press('Delete')
    expect(await focused(page)).toBe('1')
    await page.keyboard.press('Backspace')
    expect(await places()).toEqual([])
    expect(await panel.getByRole('status').textContent()).toBe(
      'One chunk. Wrong: hasty. Right: forgetful, shortsighted, patient.',
    )
    await panel.getByRole('button', { name: 'Add a cut' }).focus()
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('6')
  })

  test('chunks are read one by one', async ({ open }) => {
    const { panel, press, status, verdict } = await bench(open)
    await press('Every byte alone')
    expect(await status()).toBe('12 chunks. Wrong: forgetful, shortsighted. Right: hasty, patient.')
    await press('Back to the start')
    await press('Next chunk')
    expect(await verdict('forgetful')).toBe('going')
    expect(await status()).toContain('12 chunks, 1 of them read.')
    const kept = panel.locator('[data-decoder=patient] tbody tr').first()
    expect(await kept.innerText()).toMatch(/"o"\s+"o"/)
    await press('All chunks')
    expect(await verdict('forgetful')).toBe('wrong')
    const marked = panel.locator('[data-decoder=forgetful] mark')
    expect(await marked.allTextContents()).toEqual(['"one"', 'nothing'])
  })

  test('the same seed gives the same cuts', async ({ open }) => {
    const { page, panel, places, press } = await bench(open, 'frames')
    await press('Shuffle')
    const seed = await panel.getByLabel('seed').inputValue()
    const cuts = await places()
    expect(seed).toMatch(/^\d+$/)
    expect(cuts).toEqual(new Random(seed, 'frames').cuts(14))
    await press('All in one')
    expect(await places()).toEqual([])
    await panel.getByLabel('seed').fill(seed)
    await page.keyboard.press('Enter')
    expect(await places()).toEqual(cuts)
  })

  test('one cut is swept through all places', async ({ open }) => {
    const { page, panel, press, places, status, verdict } = await bench(open)
    await page.clock.install()
    await press('Sweep one cut')
    expect(await places()).toEqual([1])
    await page.clock.runFor(4 * 600)
    expect(await places()).toEqual([5])
    expect(await verdict('forgetful')).toBe('right')
    expect(await panel.getByRole('status').getAttribute('aria-live')).toBe('off')
    expect(await panel.getByRole('button', { name: 'Stop' }).count()).toBe(1)
    await page.clock.runFor(20 * 600)
    expect(await places()).toEqual([11])
    expect(await status()).toContain('shortsighted: wrong at 1 of 11 places.')
    expect(await panel.getByRole('status').getAttribute('aria-live')).toBe('polite')
    await press('Sweep one cut')
    await press('Stop')
    await page.clock.runFor(20 * 600)
    expect(await places()).toEqual([1])
  })

  test('nothing moves for a reader who wants no motion', async ({ open }) => {
    const { panel, press, status } = await bench(open, 'lines', { reducedMotion: 'reduce' })
    await press('Sweep one cut')
    expect(await status()).toContain('hasty: wrong at 11 of 11 places.')
    expect(await panel.getByRole('button', { name: 'Stop' }).count()).toBe(0)
  })

  test('the browser shows at first what was drawn at build', async ({ open }) => {
    const live = await bench(open, 'characters')
    const still = await bench(open, 'characters', { javaScriptEnabled: false })
    for (const part of ['.bench-decoders', '.bench-status', '.bench-stream']) {
      const shown = await live.panel.locator(part).innerText()
      expect(shown).toBe(await still.panel.locator(part).innerText())
      expect(shown).not.toBe('')
    }
  })

  test('without JavaScript each stream has its picture, and no button that does nothing', async ({
    open,
  }) => {
    const { page, panel, verdict } = await bench(open, 'frames', { javaScriptEnabled: false })
    expect(await page.locator('.bench-panel:visible').count()).toBe(1)
    expect(await verdict('trusting')).toBe('wrong')
    expect(await verdict('frameReader')).toBe('right')
    expect(await panel.locator('.bench-cut').count()).toBe(2)
    expect(await page.locator('.bench button').count()).toBe(0)
  })

  test.for([
    { colorScheme: 'light', width: 1280 },
    { colorScheme: 'dark', width: 390 },
  ] as const)(
    'axe finds nothing in $colorScheme at $width',
    async ({ colorScheme, width }, { open }) => {
      const { page, press } = await bench(open, 'frames', {
        colorScheme,
        viewport: { width, height: 800 },
      })
      await press('Every byte alone')
      await press('Back to the start')
      await press('Next chunk')
      const violations = await axeViolations(page)
      expect(violations).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    },
  )

  test('it stands in the lesson, and only its page loads the script', async () => {
    const read = async (path: string) => (await app.request(path)).text()
    const lesson = await read('/lessons/06-sticky-packets/')
    expect(lesson).toContain(benchBlock())
    expect(lesson).toContain('src="/assets/bench.js"')
    expect(await read('/')).not.toContain('bench.js')
  })
})
