/** The whole static export, as it would be served: no dead link, nothing too large. */
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { course } from '../../course.ts'
import { exercises, root } from '../../grader/manifest.ts'
import { exportSite } from '../../site/export.ts'

const KB = 1024
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'course-site-'))
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

describe.each(['/', '/course/'])('exported for %s', (base) => {
  const dir = path.join(folder, base === '/' ? 'root' : 'below')
  /** The HTML of each page by its address. */
  const pages = new Map<string, string>()
  let printed = ''

  beforeAll(async () => {
    // One by the function, one by the command, cold.
    if (base === '/') await exportSite(base, dir)
    else printed = await npmRunSite('--base', base, '--out', dir)
    for (const file of fs.globSync('**/*.html', { cwd: dir })) {
      const address = file.replaceAll(path.sep, '/').replace(/index\.html$/, '')
      pages.set(base + address, fs.readFileSync(path.join(dir, file), 'utf8'))
    }
  })

  test.skipIf(base === '/')('takes 0.072 s a page at most, everything counted', () => {
    // Processor time, which other work on the machine does not lengthen. The export has one thread.
    const [, seconds] = /; ([\d.]+) s of processor time/.exec(printed) ?? []
    expect(Number(seconds), printed).toBeGreaterThan(0)
    expect(Number(seconds), printed).toBeLessThan(0.072)
    expect(printed).toContain(`${pages.size} pages`)
  })

  test('has a page for everything', () => {
    const due = [
      '',
      '404.html',
      'gallery/',
      'glossary/',
      'python-to-node/',
      ...exercises.flatMap(({ id }) => [`exercises/${id}/`, `gallery/${id}/`]),
      ...course.chapters
        .filter(({ id }) => fs.existsSync(`lessons/${id}/README.md`))
        .flatMap(({ id }) => [
          `lessons/${id}/`,
          ...fs
            .readdirSync(`lessons/${id}/examples`)
            .map((name) => `lessons/${id}/examples/${path.basename(name, '.ts')}/`),
        ]),
    ]
    expect(due.filter((address) => !pages.has(base + address))).toEqual([])
  })

  test('every link leads to a page, an anchor or an asset that is there', () => {
    const anchors = new Map([...pages].map(([address, html]) => [address, idsIn(html)]))
    const dead: string[] = []
    for (const [address, html] of pages) {
      for (const link of linksIn(html)) {
        if (/^(https?|mailto):/.test(link)) continue
        const { pathname, hash } = new URL(link, `http://site${address}`)
        if (unwritten.some((id) => pathname === `${base}lessons/${id}/`)) continue
        const id = decodeURIComponent(hash.slice(1))
        const isThere = pages.has(pathname)
          ? id === '' || anchors.get(pathname)?.has(id)
          : pathname.startsWith(base) && fs.existsSync(path.join(dir, pathname.slice(base.length)))
        if (!isThere) dead.push(`${address}: ${link}`)
      }
    }
    expect([...new Set(dead)]).toEqual([])
  })

  test('no page repeats an id, or needs what a strict policy forbids', () => {
    const wrong = [...pages].flatMap(([address, html]) => {
      const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)
      const repeated = ids.filter((id, i) => ids.indexOf(id) !== i)
      const markup = html.replace(/>[^<]*</g, '><')
      const inline =
        markup.match(/<script(?![^>]*\ssrc=)[^>]*>|<[^>]*\s(?:style|on[a-z]+)="/g) ?? []
      return [...repeated, ...inline].map((what) => `${address}: ${what}`)
    })
    expect(wrong).toEqual([])
  })

  test('the longest lesson comes with all it needs in 80 KB, 20 KB of it script (gzip -9)', () => {
    const address = `${base}lessons/06-sticky-packets/`
    const html = pages.get(address) ?? ''
    const assets = linksIn(html).filter((link) => link.includes('/assets/'))
    // Loaded when the reader begins to search; it is counted all the same.
    const scripts = assets.filter((link) => link.endsWith('.js')).concat(`${base}assets/search.js`)
    const sizeOf = (link: string) =>
      compressed(fs.readFileSync(path.join(dir, link.slice(base.length)), 'utf8'))
    const sum = (links: string[]) => links.map(sizeOf).reduce((a, b) => a + b, 0)
    expect(scripts.length).toBeGreaterThan(2)
    expect(sum(scripts)).toBeLessThan(20 * KB)
    expect(
      compressed(html) + sum(assets.filter((link) => !link.endsWith('.js'))) + sum(scripts),
    ).toBeLessThan(80 * KB)
  })
})

/** Chapters whose lesson does not exist yet: other texts may point there already. */
const unwritten = course.chapters
  .map(({ id }) => id)
  .filter((id) => !fs.existsSync(`lessons/${id}/README.md`))

async function npmRunSite(...options: string[]): Promise<string> {
  const script = path.join(root, 'site/export.ts')
  return (await promisify(execFile)(process.execPath, [script, ...options])).stdout
}

const compressed = (text: string) => zlib.gzipSync(text, { level: 9 }).length

function linksIn(html: string): string[] {
  return [...html.matchAll(/<[a-z][^>]*?\s(?:href|src)="([^"]*)"/g)].map(([, link = '']) =>
    link.replaceAll('&amp;', '&'),
  )
}

function idsIn(html: string): Set<string> {
  return new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id = '']) => id))
}

test('an export replaces an earlier one and nothing else', async () => {
  const dir = path.join(folder, 'papers')
  fs.mkdirSync(dir)
  fs.writeFileSync(path.join(dir, 'thesis.txt'), 'years of work')
  await expect(exportSite('/', dir)).rejects.toThrow('choose an empty folder')
  expect(fs.readdirSync(dir)).toEqual(['thesis.txt'])
  const root = path.join(folder, 'root')
  fs.writeFileSync(path.join(root, 'stale.html'), '')
  await exportSite('/', root)
  expect(fs.existsSync(path.join(root, 'stale.html'))).toBe(false)
})
