/**
 * What tests of the site in a real browser are written with: `describeInBrowser` for the block and
 * `test` for the tests, whose fixture `open` opens a page. A page that logged an error, threw, or asked
 * for something that is not there fails its test at the end.
 */

import fs from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { test as base, describe, expect } from 'vitest'

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  .concat(process.env.CHROMIUM ?? [])
  .find((file) => fs.existsSync(file))
const isMissing = executablePath === undefined
if (isMissing && process.env.CI) throw new Error('no Chromium on this machine: set CHROMIUM to one')

/** A `describe` whose tests are shown as skipped where there is no Chromium. In CI that is a failure. */
export function describeInBrowser(name: string, tests: () => void): void {
  describe.skipIf(isMissing)(isMissing ? `${name} (skipped: no Chromium)` : name, tests)
}

export type OpenOptions = BrowserContextOptions & {
  /** Errors on the console that this test provokes on purpose. */
  expected?: RegExp
}

export type Open = (url: string, options?: OpenOptions) => Promise<Page>

/** vitest's `test` with `browser`, one for the file, and `open`, which opens a page in a context of its own. */
export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants fixtures to be destructured
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }): Promise<Browser> => {
    const browser = await chromium.launch({
      ...(executablePath && { executablePath }),
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    })
    onCleanup(() => browser.close())
    return browser
  })
  .extend('open', async ({ browser }, { onCleanup }): Promise<Open> => {
    const closing: (() => Promise<void>)[] = []
    const wrong: string[] = []
    onCleanup(async () => {
      for (const close of closing) await close()
      expect(wrong, 'errors in the browser').toEqual([])
    })
    return async (url, { expected, ...options } = {}) => {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        ...options,
      })
      closing.push(() => context.close())
      const page = await context.newPage()
      const note = (text: string) => {
        if (!expected?.test(text)) wrong.push(`${page.url()}: ${text}`)
      }
      page.on('console', (message) => {
        if (message.type() === 'error') note(message.text())
      })
      page.on('pageerror', (error) => note(String(error)))
      await page.goto(url)
      return page
    }
  })

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe finds wrong with the page as it is now, one line each: rule, element, what to do. `rules`
 * limits it to these: a second look in the other theme needs colours alone.
 */
export async function axeViolations(page: Page, rules?: string[]): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async (values) => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run(values ? { runOnly: { type: 'rule', values } } : {})
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    )
  }, rules)
}

/** Serves a Hono app, or anything with its `fetch`, on a free port of 127.0.0.1 for the rest of the test file. */
export async function serveApp(app: {
  fetch(request: Request): Response | Promise<Response>
}): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(getRequestListener(app.fetch))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => closed(server) }
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve, reject) =>
    server.close((error) => (error ? reject(error) : resolve())),
  )
}
