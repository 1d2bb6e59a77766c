/** Who may ask the server of `npm start`, and for what. */
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { bearing, guard, headers } from '../../site/live/guard.ts'

const app = new Hono()
  .use(headers)
  .use(guard(4321))
  .get('/lessons/', (c) => c.text('a lesson'))
  .get('/live/events', (c) => c.text('events'))
  .post('/live/run', bearing('the token'), (c) => c.text('done'))

const own = { host: '127.0.0.1:4321' }
const status = async (path: string, given: Record<string, string>, method = 'GET') =>
  (await app.request(path, { method, headers: given })).status

describe('Host', () => {
  test.each(['127.0.0.1:4321', 'localhost:4321'])('%s is this server', async (host) => {
    expect(await status('/lessons/', { host })).toBe(200)
  })

  test.each([
    'rebound.example:4321',
    'rebound.example',
    '127.0.0.1',
    '127.0.0.1:80',
    'localhost',
    '127.0.0.1:43210',
    '0.0.0.0:4321',
    '[::1]:4321',
    'localhost.rebound.example:4321',
    '',
  ])('“%s” is not', async (host) => {
    expect(await status('/lessons/', { host })).toBe(421)
  })
})

describe('Origin', () => {
  test.each(['http://127.0.0.1:4321'])('%s is this site', async (origin) => {
    expect(await status('/lessons/', { ...own, origin })).toBe(200)
  })

  test.each([
    'http://evil.example',
    'https://127.0.0.1:4321',
    'http://127.0.0.1:3000',
    'http://localhost:4321',
    'http://127.0.0.1:4321.evil.example',
    'null',
    '',
  ])('“%s” is another', async (origin) => {
    expect(await status('/lessons/', { ...own, origin })).toBe(403)
    const asked = { ...own, origin, 'x-live-token': 'the token' }
    expect(await status('/live/run', asked, 'POST')).toBe(403)
  })
})

describe('Sec-Fetch-Site', () => {
  const link = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

  test.each(['same-origin', 'none'])('%s may ask for anything', async (site) => {
    const asked = { ...own, 'sec-fetch-site': site, 'x-live-token': 'the token' }
    expect(await status('/live/events', asked)).toBe(200)
    expect(await status('/live/run', asked, 'POST')).toBe(200)
  })

  test.each(['cross-site', 'same-site', 'nonsense'])('%s may only lead to a page', async (site) => {
    const asked = { ...own, 'sec-fetch-site': site, 'x-live-token': 'the token' }
    expect(await status('/lessons/', { ...asked, ...link })).toBe(200)
    expect(await status('/lessons/', asked)).toBe(403)
    expect(await status('/lessons/', { ...asked, ...link, 'sec-fetch-dest': 'iframe' })).toBe(403)
    expect(await status('/live/events', { ...asked, ...link })).toBe(403)
    expect(await status('/live/run', { ...asked, ...link }, 'POST')).toBe(403)
  })
})

test('what changes something asks for the token', async () => {
  expect(await status('/live/run', { ...own, 'x-live-token': 'the token' }, 'POST')).toBe(200)
  expect(await status('/live/run', own, 'POST')).toBe(403)
  for (const token of ['', 'the', 'the token ', 'THE TOKEN', 'another one'])
    expect(await status('/live/run', { ...own, 'x-live-token': `-${token}` }, 'POST')).toBe(403)
})

test('every answer, a refusal too, forbids foreign scripts, frames and guesses at its type', async () => {
  for (const host of [own.host, 'rebound.example']) {
    const answer = await app.request('/lessons/', { headers: { host } })
    const policy = answer.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.has('access-control-allow-origin')).toBe(false)
    expect(answer.headers.has('strict-transport-security')).toBe(false)
  }
})
