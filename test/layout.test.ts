/** course.ts and the folders say the same, nothing lies about, and every task has its form. */
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { course } from '../course.ts'
import { exercises, root } from '../grader/manifest.ts'
import { hints, section } from '../grader/task.ts'
import { GOLDEN, mistakesOf } from '../grader/verdict/mistakes.ts'

const places = exercises.map(({ place }) => place).sort()

/** Everything two levels below a folder, as `NN-topic/NAME`. */
function inner(folder: string): string[] {
  const top = path.join(root, folder)
  return fs
    .readdirSync(top)
    .filter((name) => name !== 'tsconfig.json')
    .flatMap((chapter) =>
      fs.readdirSync(path.join(top, chapter)).map((name) => `${chapter}/${name}`),
    )
    .sort()
}

test('ids are kebab-case and unique, chapters are numbered in order', () => {
  const ids = exercises.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
  for (const [i, { id }] of course.chapters.entries()) {
    expect(id).toMatch(new RegExp(`^0${i + 1}-[a-z]+(-[a-z]+)*$`))
  }
})

test.each(['exercises', 'solutions', 'test/stubs', 'test/mistakes'])(
  '%s has a folder for each exercise and no other',
  (folder) => {
    expect(inner(folder)).toEqual(places)
  },
)

test('test/hidden has a suite for each exercise and no other; a suite may have its stages in a folder', () => {
  const isFolder = (entry: string) => path.extname(entry) === ''
  const entries = inner('test/hidden').filter((entry) => !isFolder(entry))
  expect(entries).toEqual(places.map((place) => `${place}.test.ts`))
})

test('each chapter has a lesson', () => {
  const lessons = course.chapters.map(({ id }) => path.join(root, 'lessons', id, 'README.md'))
  expect(lessons.filter((lesson) => !fs.existsSync(lesson))).toEqual([])
})

describe.each(exercises)('$id', (exercise) => {
  test('covers passages of the seed texts', () => {
    expect(exercise.seeds.length).toBeGreaterThan(0)
    for (const seed of exercise.seeds) expect(seed).toMatch(/^S[0-4] ./)
  })

  test('its solution has the files of its stub', () => {
    const names = fs.readdirSync(path.dirname(exercise.stub)).sort()
    expect(fs.readdirSync(path.dirname(exercise.solution))).toEqual(expect.arrayContaining(names))
    expect(fs.readdirSync(exercise.folder)).toEqual(expect.arrayContaining([...names, 'README.md']))
  })

  // In CI nobody has begun the exercises: what students find is what `reset` restores.
  test.runIf(process.env.CI)('the exercise is the stub (checked in CI)', () => {
    expect(fs.readFileSync(exercise.main, 'utf8')).toBe(fs.readFileSync(exercise.stub, 'utf8'))
  })

  test('its stub throws one sentence that says what to write', () => {
    expect(fs.readFileSync(exercise.stub, 'utf8')).toMatch(
      /throw new Error\(\s*'Not written yet: [^']+',?\s*\)/,
    )
  })

  test('each mistake has its golden feedback, and there is no other', () => {
    const golden = fs.readdirSync(path.join(exercise.mistakes, GOLDEN)).sort()
    expect(golden).toEqual(
      mistakesOf(exercise)
        .map(({ name }) => `${name}.txt`)
        .sort(),
    )
  })

  test('its task is in form', () => {
    const text = fs.readFileSync(exercise.readme, 'utf8')
    expect(text.startsWith(`# ${exercise.title}\n`)).toBe(true)
    expect(text.match(/^## .*$/gm)).toEqual([
      '## Task',
      '## On the wire',
      '## Try it by hand',
      '## Hints',
    ])
    expect(section(exercise, 'Task')).toMatch(/```ts\n[^`]*\b(function|class) /)
    expect(section(exercise, 'Try it by hand')).toContain('nc ')
    expect(hints(exercise).length).toBeGreaterThanOrEqual(3)
  })
})
