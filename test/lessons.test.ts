/** Lessons cannot lie: listings are the files, printed output is real, what is pointed to exists. */
import fs from 'node:fs'
import path from 'node:path'
import MarkdownIt from 'markdown-it'
import { describe, expect, test } from 'vitest'
import { course } from '../course.ts'
import { exercises, root } from '../grader/manifest.ts'
import { mistakesOf } from '../grader/verdict/mistakes.ts'
import {
  headingsOf,
  linksOf,
  listingsOf,
  quotedFrom,
  reasonToSkip,
  run,
  runRecorded,
  writeWire,
} from './listings.ts'
import { quizzesBegunIn, quizzesOf } from './quizzes.ts'

// How other systems cut and end streams differs in small things.
const isLinux = process.platform === 'linux'
const markdown = new MarkdownIt({ html: true })

const lessons = course.chapters
  .map(({ id }) => ({ id, folder: path.join(root, 'lessons', id) }))
  .filter(({ folder }) => fs.existsSync(folder))

describe.each(lessons)('$id', ({ id, folder }) => {
  const text = fs.readFileSync(path.join(folder, 'README.md'), 'utf8')
  const tokens = markdown.parse(text, {})
  const listings = listingsOf(tokens)
  const sections = new Set(headingsOf(tokens))

  test.each(listings)('$name is quoted as it is', ({ name, region, code }) => {
    expect(code).toBe(quotedFrom(path.join(folder, name), region))
  })

  for (const file of fs.readdirSync(path.join(folder, 'examples'))) {
    const script = path.join(folder, 'examples', file)
    const reason = reasonToSkip(script)
    test.skipIf(reason !== '')(`${file} prints what the lesson says${reason}`, async () => {
      const quoting = listings.filter(({ name }) => name === `examples/${file}`)
      expect(quoting.length, 'the lesson quotes it').toBeGreaterThan(0)
      const recorded = isLinux ? quoting.filter(({ wire }) => wire !== undefined) : []
      const { stdout, stderr, wire } =
        recorded.length > 0 ? await runRecorded(script) : { ...(await run(script)), wire: '' }
      expect(stderr).toBe('')
      for (const { output } of quoting) {
        if (output !== undefined) expect(stdout).toBe(output)
      }
      for (const listing of recorded) {
        if (process.env.COURSE_RECORD) writeWire(path.join(folder, 'README.md'), listing, wire)
        else expect(wire, 'the recording of its sockets').toBe(listing.wire)
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

  const quizzes = quizzesOf(text)

  test('it has four quizzes or more, each of them closed', () => {
    expect(quizzes.length).toBeGreaterThanOrEqual(4)
    expect(quizzes).toHaveLength(quizzesBegunIn(text))
  })

  test.each(quizzes)('quiz: $question', ({ question, options, stray }) => {
    expect(question).toMatch(/\?$/)
    expect(stray, 'what stands beside the list of answers').toEqual([])
    expect(options.length).toBeGreaterThanOrEqual(3)
    expect(options.filter(({ isRight }) => isRight)).toHaveLength(1)
    for (const { answer, explanation } of options) {
      expect(explanation, `the explanation of: ${answer}`).not.toBe('')
    }
  })

  test('every link to a file leads to one', () => {
    const links = linksOf(tokens).map((href) => href.replace(/#.*/, ''))
    expect(links.filter((link) => !fs.existsSync(path.join(folder, link)))).toEqual([])
  })
})

function sectionsNamedIn(hiddenTest: string): string[] {
  if (!fs.existsSync(hiddenTest)) return []
  const source = fs.readFileSync(hiddenTest, 'utf8')
  return [...source.matchAll(/lesson: (['"])(.+?)\1/g)].map(([, , name]) => name ?? '')
}
