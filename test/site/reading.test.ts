/** The site as a reader meets it in a browser. */
import { afterAll, beforeAll, expect } from 'vitest'
import { exercises } from '../../grader/manifest.ts'
import { createSite } from '../../site/app.ts'
import { writtenChapters } from '../../site/content/lesson.ts'
import { axeViolations, describeInBrowser, serveApp, test } from './browser.ts'

const LESSON = '/lessons/06-sticky-packets/'
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true }

let url: string
let close: () => Promise<void>
beforeAll(async () => {
  const served = await serveApp(createSite({ base: '/' }))
  url = served.url
  close = served.close
})
afterAll(() => close())

/** One page of each kind. */
const kinds = [
  '/',
  LESSON,
  `${LESSON}examples/glued/`,
  '/exercises/file-server/',
  '/python-to-node/',
]

/** With COURSE_AXE=all axe looks at every page but those of the examples, which takes minutes. */
const looked =
  process.env.COURSE_AXE === 'all'
    ? [
        ...kinds,
        '/glossary/',
        '/gallery/',
        ...writtenChapters().map(({ id }) => `/lessons/${id}/`),
        ...exercises.flatMap(({ id }) => [`/exercises/${id}/`, `/gallery/${id}/`]),
      ]
    : kinds

describeInBrowser('reading', () => {
  test('without a script everything is there: text, quiz, tabs, hints, the menu', async ({
    open,
  }) => {
    const page = await open(url + LESSON, { javaScriptEnabled: false, ...PHONE })
    expect(await page.locator('h1').textContent()).toBe('Sticky packets')
    expect(await page.getByRole('button', { name: 'Search' }).count()).toBe(0)
    expect(await page.getByRole('combobox', { name: 'Theme' }).count()).toBe(0)

    const right = page.locator('.option.right').first()
    expect(await right.locator('.why').isVisible()).toBe(false)
    await right.locator('summary').click()
    expect(await right.locator('.why').isVisible()).toBe(true)

    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('navigation', { name: 'Chapters' }).getByText('What a socket is').click()
    await page.getByRole('link', { name: 'Families and types' }).click()
    expect(page.url()).toBe(`${url}/lessons/01-sockets/#families-and-types`)

    await page.goto(`${url}/python-to-node/`)
    const tabs = page.locator('.tabs').first()
    const panels = tabs.locator('.panel')
    expect(await panels.nth(1).isVisible()).toBe(false)
    await tabs.locator('label').nth(1).click()
    expect(await panels.nth(0).isVisible()).toBe(false)
    expect(await panels.nth(1).isVisible()).toBe(true)

    await page.goto(`${url}/exercises/line-framing/`)
    const hints = page.locator('details.hint')
    await hints.nth(0).locator('> summary').click()
    expect(await hints.nth(1).locator('> summary').isVisible()).toBe(true)
    expect(await hints.nth(2).locator('> summary').isVisible()).toBe(false)
  })

  test('the theme follows the system, then the choice, which stays on the next page', async ({
    open,
  }) => {
    const page = await open(url, { colorScheme: 'dark' })
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const dark = await background()
    await page.getByRole('combobox', { name: 'Theme' }).selectOption('Light')
    const light = await background()
    expect(light).not.toBe(dark)
    await page.goto(url + LESSON)
    expect(await background()).toBe(light)
    expect(await page.getByRole('combobox', { name: 'Theme' }).inputValue()).toBe('light')
    await page.getByRole('combobox', { name: 'Theme' }).selectOption('System')
    expect(await background()).toBe(dark)
  })

  test('the first Tab skips to the text; a program that scrolls is a stop, one that fits is not', async ({
    open,
  }) => {
    const page = await open(url + LESSON)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the text')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    await page.waitForFunction(() => !document.querySelector('pre.code')?.hasAttribute('tabindex'))
    await page.setViewportSize({ width: 390, height: 844 })
    await page.waitForFunction(() => document.querySelector('pre.code')?.hasAttribute('tabindex'))
  })

  test('copies a program, and of a session what one types', async ({ open }) => {
    const page = await open(`${url}/exercises/line-framing/`, {
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    const copied = async (block: string) => {
      const box = page.locator('.copyable', { has: page.locator(block) }).first()
      await box.hover()
      await box.getByRole('button', { name: 'Copy' }).click()
      await box.getByRole('button', { name: 'Copied' }).waitFor()
      return page.evaluate(() => navigator.clipboard.readText())
    }
    expect(await copied('pre:not(.session)')).toMatch(/^type Endpoint = .*\n\nexport function/)
    expect(await copied('.session')).toBe(
      'npx node exercises/06-sticky-packets/line-framing/main.ts 4000',
    )
  })

  test('the contents follow what is read', async ({ open }) => {
    const page = await open(url + LESSON, { viewport: { width: 1440, height: 800 } })
    const current = page.locator('.contents [aria-current]')
    expect(await current.count()).toBe(0)
    await page.evaluate(() => document.querySelector('#bytes-not-characters')?.scrollIntoView())
    await current.waitFor()
    expect(await current.allTextContents()).toEqual(['Bytes, not characters'])
    await page.evaluate(() => scrollBy(0, 700))
    expect(await current.allTextContents()).toEqual(['Bytes, not characters'])
  })

  test('search in English: / opens it, arrows move, Enter goes there', async ({ open }) => {
    const page = await open(url)
    await page.keyboard.press('/')
    await page.keyboard.type('allowHalfOp')
    const results = page.locator('.results a')
    await results.first().waitFor()
    expect(await results.first().locator('mark').first().textContent()).toMatch(/^allowhalfopen$/i)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const second = await results.nth(1).getAttribute('href')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe(second)
    expect(await axeViolations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.waitForURL(`${url}${second}`)
  })

  test('search in Chinese, by mouse; Escape closes it', async ({ open }) => {
    const page = await open(url + LESSON)
    await page.getByRole('button', { name: 'Search' }).click()
    await page.keyboard.type('粘包')
    const first = page.locator('.results a').first()
    await first.waitFor()
    expect(await page.locator('.results mark').allTextContents()).toContain('粘包')
    await page.getByRole('searchbox').fill('qqqq')
    await page.getByText('Nothing found.').waitFor()
    await page.keyboard.press('Escape')
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  test('Enter in the search goes to the first result, also within the page', async ({ open }) => {
    const page = await open(url + LESSON)
    await page.keyboard.press('/')
    await page.keyboard.type('where messages end')
    await page
      .locator('.results li:first-child strong', { hasText: 'Where messages end' })
      .waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`${url}${LESSON}#where-messages-end`)
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  test('on a small phone nothing scrolls sideways but what is in its own box', async ({ open }) => {
    const page = await open(url, { ...PHONE, viewport: { width: 320, height: 640 } })
    const wide: string[] = []
    for (const address of kinds) {
      await page.goto(url + address)
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
        wide.push(address)
    }
    expect(wide).toEqual([])
  })

  test('on paper there is the text alone, with what was folded', async ({ open }) => {
    const page = await open(url + LESSON)
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('navigation').count()).toBe(0)
    expect(await page.locator('header.head').isVisible()).toBe(false)
    const why = page.locator('.option .why').first()
    expect((await why.boundingBox())?.height).toBeGreaterThan(10)
  })

  test.for(looked)('axe finds nothing in %s, light or dark', async (address, { open }) => {
    const page = await open(url + address, { colorScheme: 'light' })
    expect(await axeViolations(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await axeViolations(page, ['color-contrast'])).toEqual([])
  })
})
