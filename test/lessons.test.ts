/** Lessons cannot lie: listings are the files, printed output is real, what is pointed to exists. */
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import MarkdownIt, { type Token } from 'markdown-it'
import { describe, expect, test } from 'vitest'
import { course } from '../course.ts'
import { exercises, root } from '../grader/manifest.ts'
import { mistakesOf } from '../grader/verdict/mistakes.ts'

type Listing = { name: string; region?: string; code: string; output?: string }

const MAX_SECONDS = 20
const markdown = new MarkdownIt({ html: true })
const addresses = Object.values(os.networkInterfaces()).flatMap((list) => list ?? [])
/** What an example may say that it needs, in a first line such as `// needs linux, ipv6`. */
const provided: Record<string, boolean> = {
  linux: process.platform === 'linux',
  ipv6: addresses.some(({ address }) => address === '::1'),
}

const lessons = course.chapters
  .map(({ id }) => ({ id, folder: path.join(root, 'lessons', id) }))
  .filter(({ folder }) => fs.existsSync(folder))

describe.each(lessons)('$id', ({ id, folder }) => {
  const text = fs.readFileSync(path.join(folder, 'README.md'), 'utf8')
  const tokens = markdown.parse(text, {})
  const listings = listingsOf(tokens)
  const sections = new Set(
    tokens.flatMap(({ tag, type }, i) =>
      tag === 'h2' && type === 'heading_open' ? [tokens[i + 1]?.content] : [],
    ),
  )

  test.each(listings)('$name is quoted as it is', ({ name, region, code }) => {
    const source = fs.readFileSync(path.join(folder, `examples/${name}.ts`), 'utf8')
    const quoted = region
      ? new RegExp(`^// #region ${region}\n(.*?)^// #endregion$`, 'ms').exec(source)?.[1]
      : source
    expect(code).toBe(quoted)
  })

  for (const file of fs.readdirSync(path.join(folder, 'examples'))) {
    const script = path.join(folder, 'examples', file)
    const needs =
      /^\/\/ needs ([^:\n]+)/.exec(fs.readFileSync(script, 'utf8'))?.[1]?.split(', ') ?? []
    const missing = needs.filter((need) => !provided[need])
    const reason = missing.length > 0 ? ` (skipped: no ${missing.join(', no ')})` : ''

    test.skipIf(reason !== '')(`${file} prints what the lesson says${reason}`, async () => {
      // A failing exit or the time limit rejects, with what the program wrote.
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [script], {
        timeout: MAX_SECONDS * 1000,
        killSignal: 'SIGKILL',
      })
      expect(stderr).toBe('')
      const quoting = listings.filter(({ name }) => `${name}.ts` === file)
      expect(quoting.length, 'the lesson quotes it').toBeGreaterThan(0)
      for (const { output } of quoting) {
        if (output !== undefined) expect(withNamedPorts(stdout)).toBe(output)
      }
    })
  }

  test('every section that a hidden test or a mistake points to exists', () => {
    const own = exercises.filter(({ chapter }) => chapter.id === id)
    const named = own.flatMap((exercise) => [
      ...sectionsNamedIn(exercise.hidden),
      ...mistakesOf(exercise).map(({ lesson }) => lesson),
    ])
    expect([...new Set(named)].filter((name) => !sections.has(name))).toEqual([])
  })

  test('it ends with questions and with every exercise of the chapter', () => {
    expect([...sections].slice(-2)).toEqual(['Check yourself', 'Exercises'])
    const own = exercises.filter(({ chapter }) => chapter.id === id)
    for (const { place } of own) expect(text).toContain(`(../../exercises/${place}/README.md)`)
  })

  test('every link to a file leads to one', () => {
    const links = tokens
      .flatMap(({ children }) => children ?? [])
      .map((token) => String(token.attrGet('href') ?? '#'))
      .filter((href) => !/^(https?:|#)/.test(href))
      .map((href) => href.replace(/#.*/, ''))
    expect(links.filter((link) => !fs.existsSync(path.join(folder, link)))).toEqual([])
  })
})

/** The fences that begin with `// examples/NAME.ts#region`, each with the output right after it. */
function listingsOf(tokens: Token[]): Listing[] {
  return tokens.flatMap((token, i) => {
    if (token.type !== 'fence' || token.info !== 'ts') return []
    const [, name, region, code] =
      /^\/\/ examples\/([\w-]+)\.ts(?:#([\w-]+))?\n(.*)$/s.exec(token.content) ?? []
    if (name === undefined || code === undefined) throw new Error(`no file named: ${token.content}`)
    const next = tokens[i + 1]
    const output = next?.type === 'fence' && next.info === 'text' ? next.content : undefined
    return [{ name, region, code, output }]
  })
}

function sectionsNamedIn(hiddenTest: string): string[] {
  if (!fs.existsSync(hiddenTest)) return []
  const source = fs.readFileSync(hiddenTest, 'utf8')
  return [...source.matchAll(/lesson: (['"])(.+?)\1/g)].map(([, , name]) => name ?? '')
}

/** Ports, after a colon or the word, become 40001, 40002, … in order of appearance. */
function withNamedPorts(output: string): string {
  const names = new Map<string, string>()
  return output.replace(/(?<=[\d\]:]:|port:? )\d{4,5}\b/g, (port) => {
    if (!names.has(port)) names.set(port, String(40_001 + names.size))
    return names.get(port) as string
  })
}
