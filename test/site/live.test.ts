/** The site beside `npm start`, on a copy of the course: what a reader sees while a student works. */
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { exercises } from '../../grader/manifest.ts'
import { mistakesOf } from '../../grader/verdict/mistakes.ts'
import { CourseCopy } from '../grader/course-copy.ts'
import { axeViolations, describeInBrowser, test } from './browser.ts'

const [first, second] = exercises
if (!first || !second) throw new Error('the course has less than two exercises')
const copy = new CourseCopy('site', 'solutions')
let session: ReturnType<CourseCopy['start']>
let url: string

const save = (file: string) => fs.copyFileSync(file, copy.path('exercises', first.place, 'main.ts'))
const exercisePage = () => `${url}exercises/${first.id}/`
const EXAMPLE = '01-sockets/two-ends'

async function start(port: string): Promise<string> {
  session = copy.start('start', '--port', port)
  const shown = await session.until(/^site .*$/m)
  return /^site +(http:\S+)$/m.exec(shown)?.[1] ?? shown
}

beforeAll(async () => {
  url = await start('0')
})
afterAll(() => copy.remove())

/** What a server says to a request that no browser would send. */
async function ask(head: string, to = '127.0.0.1'): Promise<string> {
  const socket = net.connect({ port: Number(new URL(url).port), host: to })
  socket.write(`${head.replaceAll('\n', '\r\n')}\r\nConnection: close\r\n\r\n`)
  return text(socket)
}
const statusOf = async (head: string) => (await ask(head)).slice(9, 12)

/** The processes whose command names all of these. */
function runningFrom(...names: string[]): string[] {
  return fs.readdirSync('/proc').filter((pid) => {
    try {
      const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'latin1')
      return names.every((name) => command.includes(name))
    } catch {
      return false
    }
  })
}

describe('on the wire', () => {
  test('tells its address in one line', () => {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
  })

  test('listens on 127.0.0.1 alone', async () => {
    await expect(ask('GET / HTTP/1.1', '127.0.0.2')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('is nobody else’s server', async () => {
    const { host } = new URL(url)
    expect(await statusOf(`GET / HTTP/1.1\nHost: ${host}`)).toBe('200')
    expect(await statusOf(`GET / HTTP/1.1\nHost: rebound.example`)).toBe('421')
    expect(await statusOf(`GET http://rebound.example/ HTTP/1.1\nHost: rebound.example`)).toBe(
      '421',
    )
    expect(await statusOf('GET / HTTP/1.1')).toBe('400')
    expect(await statusOf(`GET / HTTP/1.1\nHost: ${host}\nOrigin: http://evil.example`)).toBe('403')
    const events = `GET /live/events HTTP/1.1\nHost: ${host}`
    expect(await statusOf(`${events}\nSec-Fetch-Site: cross-site`)).toBe('403')
  })

  test('starts nothing without its token, and only what the lessons hold', async () => {
    const { host } = new URL(url)
    const page = await (await fetch(url)).text()
    const token = /<meta name="live-token" content="([\w-]{40,})"/.exec(page)?.[1]
    const post = (path: string, head = `X-Live-Token: ${token}`) =>
      statusOf(`POST ${path} HTTP/1.1\nHost: ${host}\nContent-Length: 0\n${head}`)
    expect(await post(`/live/examples/${EXAMPLE}`)).toBe('200')
    expect(await post(`/live/examples/${EXAMPLE}`, 'X-Other: 1')).toBe('403')
    expect(await post(`/live/examples/${EXAMPLE}`, `X-Live-Token: ${'A'.repeat(43)}`)).toBe('403')
    expect(await statusOf(`GET /live/examples/${EXAMPLE} HTTP/1.1\nHost: ${host}`)).toBe('405')
    for (const place of [
      '01-sockets/nothing',
      '01-sockets/../two-ends',
      '01-sockets/..%2fexamples%2ftwo-ends',
      '..%2f..%2fgrader/main',
      '%2e%2e/%2e%2e/grader/main',
      '01-sockets/two-ends%00',
      '%ff/%ff',
    ])
      expect(await post(`/live/examples/${place}`), place).toBe('404')
    expect(await post(`/live/hints/${first.id}/99`)).toBe('404')
    expect(await post('/live/hints/nothing/1')).toBe('404')
    expect(await post('/live/hints/constructor/1')).toBe('404')
  })
})

test('what a request names is looked up, never put together', async () => {
  for (const path of [
    'assets/constructor',
    'assets/__proto__',
    'assets/..%2f..%2fpackage.json',
    'exercises/constructor/',
    'lessons/..%2f..%2fsolutions/',
    'lessons/01-sockets/examples/..%2f..%2fREADME/',
    'live/verdict/__proto__',
    'live/verdict/..%2f..',
    '%00',
    '%ff',
  ])
    expect((await fetch(url + path)).status, path).toBe(404)
})

describeInBrowser('in a browser', () => {
  test('an exercise page shows the verdict on each save', async ({ open }) => {
    const page = await open(exercisePage())
    const verdict = page.locator('#verdict')
    expect(await verdict.textContent()).toContain('not graded in this session')
    const [mistake] = mistakesOf(first)
    if (!mistake) throw new Error(`${first.id} has no mistake`)
    save(mistake.file)
    await verdict.locator('.verdict-score[data-status=fail]').waitFor()
    const plain = (text: string) => text.replaceAll('`', '')
    const failed = verdict.locator('li', { hasText: plain(mistake.fails) })
    expect(await failed.textContent()).toContain(plain(mistake.bug))
    expect(await verdict.locator('svg.seq').count()).toBeGreaterThan(0)
    expect(await axeViolations(page)).toEqual([])
    const link = verdict.locator('.finding a').first()
    await link.click()
    await page.waitForURL(/\/lessons\/01-sockets\/#./)
    expect(await page.locator(new URL(page.url()).hash).count()).toBe(1)

    await page.goto(exercisePage())
    save(first.solution)
    await verdict.locator('.verdict-score[data-status=pass]').waitFor()
    await page
      .getByRole('status')
      .getByText(/(\d+) of \1 points/)
      .waitFor()
  })

  test('the course map shows what is passed, without a reload', async ({ open }) => {
    const page = await open(url)
    const entry = page.locator(`main [data-exercise="${second.id}"]`)
    expect(await entry.getAttribute('data-passed')).toBeNull()
    await page.locator('html[data-live=on]').waitFor({ state: 'attached' })
    await page.evaluate(() => Object.assign(globalThis, { isTheSamePage: true }))
    fs.copyFileSync(second.solution, copy.path('exercises', second.place, 'main.ts'))
    await page.locator(`main [data-exercise="${second.id}"][data-passed]`).waitFor()
    await page.locator(`main [data-exercise="${second.id}"][data-current]`).waitFor()
    expect(await page.evaluate(() => 'isTheSamePage' in globalThis)).toBe(true)
  })

  test('a hint that is opened counts as one that was shown', async ({ open }) => {
    const page = await open(exercisePage())
    const counted = page.waitForResponse(/\/live\/hints\//)
    await page.locator('[data-hint="1"] > summary').click()
    expect((await counted).status()).toBe(204)
    const { stdout } = await copy.run('hint', first.id)
    expect(stdout).toContain('hint 2 of')
    // What the command has shown by now opens in the page.
    await page.locator('[data-hint="2"][open]').waitFor()
  })

  test('an example runs at a click, and its output comes into the page', async ({ open }) => {
    const page = await open(`${url}lessons/01-sockets/`)
    const figure = page.locator(`figure[data-example="${EXAMPLE}"]`).first()
    await figure.getByRole('button', { name: 'Run two-ends' }).click()
    const output = figure.locator('.live-output')
    await output.getByText('ended with exit code 0').waitFor()
    expect(await output.locator('pre').textContent()).toMatch(/while it lasts: 127\.0\.0\.1:\d+\n/)
    expect(await axeViolations(page)).toEqual([])
  })

  test('an edited lesson is shown at the next reload; what never ends stops at a click', async ({
    open,
  }) => {
    const source = `let n = 0\nsetInterval(() => console.log('tick', ++n), 20)\n`
    fs.writeFileSync(copy.path('lessons/01-sockets/examples/endless.ts'), source)
    const page = await open(`${url}lessons/01-sockets/`)
    const figure = page.locator('figure[data-example="01-sockets/endless"]')
    expect(await figure.count()).toBe(0)
    const listing = `\n\`\`\`ts\n// examples/endless.ts\n${source}\`\`\`\n`
    fs.appendFileSync(copy.path('lessons/01-sockets/README.md'), listing)
    await page.reload()
    await figure.getByRole('button', { name: 'Run endless' }).click()
    await figure.getByText('tick 2').first().waitFor()
    await figure.getByRole('button', { name: 'Stop endless' }).click()
    await figure.getByText('stopped').waitFor()
    await expect.poll(() => runningFrom(copy.folder, 'endless.ts')).toEqual([])
    // So does one whose reader leaves.
    await figure.getByRole('button', { name: 'Run endless' }).click()
    await figure.getByText('tick 2').first().waitFor()
    expect(runningFrom(copy.folder, 'endless.ts')).toHaveLength(1)
    await page.goto(url)
    await expect.poll(() => runningFrom(copy.folder, 'endless.ts')).toEqual([])
  })

  test('a page finds its way back after a new start', async ({ open }) => {
    const page = await open(`${url}lessons/01-sockets/`, { expected: /ERR_|Failed to load/ })
    const live = page.locator('html[data-live=on]')
    await live.waitFor({ state: 'attached' })
    session.child.kill('SIGTERM')
    await once(session.child, 'close')
    await page.locator('html[data-live=off]').waitFor({ state: 'attached' })
    await start(new URL(url).port)
    await live.waitFor({ state: 'attached' })
    const figure = page.locator(`figure[data-example="${EXAMPLE}"]`).first()
    await figure.getByRole('button', { name: 'Run two-ends' }).click()
    await figure.getByText('ended with exit code 0').waitFor()
  })
})

describe('at the end', () => {
  test('a port that is taken is told in one sentence, and grading goes on', async () => {
    const other = copy.start('start', '--port', new URL(url).port)
    const shown = await other.until(/grading goes on/)
    expect(shown).toContain('is taken (choose another with --port)')
    expect(other.child.exitCode).toBeNull()
    other.child.kill('SIGTERM')
    expect(await once(other.child, 'close')).toEqual([0, null])
  })

  test('leaves nothing behind', async () => {
    const page = await fetch(`${url}live/events`)
    expect(page.status).toBe(200)
    session.child.kill('SIGTERM')
    expect(await once(session.child, 'close')).toEqual([0, null])
    expect(runningFrom(copy.folder)).toEqual([])
    await expect(ask('GET / HTTP/1.1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})
