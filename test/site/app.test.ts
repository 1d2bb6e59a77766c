/** The site's routes, asked without a network. */
import { expect, test } from 'vitest'
import { exercises } from '../../grader/manifest.ts'
import { createSite } from '../../site/app.ts'
import type { Live } from '../../site/live/live.ts'

const site = createSite({ base: '/' })
const get = async (address: string, headers: Record<string, string> = {}) => {
  const response = await site.request(address, { headers })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

test.each([
  '/nowhere/',
  '/lessons/99-nothing/',
  '/lessons/..%2f..%2fgrader/',
  '/lessons/06-sticky-packets/examples/..%2f..%2fREADME/',
  '/exercises/nobody/',
  '/gallery/nobody/',
  '/assets/..%2fapp.ts',
])('%s is not found, and says so in a page', async (address) => {
  const { status, text } = await get(address)
  expect(status).toBe(404)
  expect(text).toContain('<h1>No such page</h1>')
})

test('what is served to a browser is compressed', async () => {
  const { headers } = await get('/lessons/06-sticky-packets/', { 'Accept-Encoding': 'gzip' })
  expect(headers.get('Content-Encoding')).toBe('gzip')
})

test('an example has a page with the whole file, of which the lesson shows a part', async () => {
  const { text } = await get('/lessons/06-sticky-packets/examples/glued/')
  expect(text).toContain('examples/glued.ts')
  expect(text.replace(/<[^>]+>/g, '')).toContain("import net from 'node:net'")
})

test('the static site has nothing that is live', async () => {
  const pages = await Promise.all([get('/'), get('/exercises/first-client/')])
  for (const { text } of pages) expect(text).not.toMatch(/live-token|data-passed|live\.(js|css)/)
})

test('the live site marks what is passed, what is current, and the hints that were seen', async () => {
  const [first, second] = exercises
  if (!first || !second) throw new Error('there are no exercises')
  const live: Live = {
    token: 'secret',
    passed: () => ({ [first.id]: '2026-01-01T00:00:00Z' }),
    hintsSeen: () => 2,
    verdict: () => undefined,
    current: () => second.id,
  }
  const served = createSite({ base: '/', live })
  const home = await (await served.request('/')).text()
  expect(home).toContain('<meta name="live-token" content="secret">')
  expect(home).toContain(`<li data-exercise="${first.id}" data-passed>`)
  expect(home).toContain(`<li data-exercise="${second.id}" data-current>`)
  expect(home).toContain('<span data-progress-count>1</span>')
  expect(home).toContain(`href="/exercises/${second.id}/">Go on with your exercise`)
  const exercise = await (await served.request(`/exercises/${first.id}/`)).text()
  expect(exercise).toMatch(new RegExp(`<section id="verdict" data-exercise="${first.id}"`))
  expect(exercise.match(/data-hint="\d+" open/g)).toEqual([
    'data-hint="1" open',
    'data-hint="2" open',
  ])
})
