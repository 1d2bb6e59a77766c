import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ExerciseInfo } from '../../../grader/manifest.ts'
import { assemble, mistakesOf } from '../../../grader/verdict/mistakes.ts'
import { makeExercise } from './exercise.ts'

let exercise: ExerciseInfo
let remove: () => void
beforeEach(() => {
  ;({ exercise, remove } = makeExercise())
})
afterEach(() => remove())

const HEADER = [
  '// bug: takes one chunk for all',
  '// catalogue: 7',
  '// fails: reads to the end',
  '// lesson: Half-close',
]
const write = (name: string, lines: string[]) => {
  fs.writeFileSync(path.join(exercise.mistakes, name), `${lines.join('\n')}\nexport {}\n`)
}

test('a mistake is what its header says', () => {
  write('one-chunk.ts', HEADER)
  expect(mistakesOf(exercise)).toEqual([
    {
      name: 'one-chunk',
      file: path.join(exercise.mistakes, 'one-chunk.ts'),
      bug: 'takes one chunk for all',
      catalogue: 7,
      fails: 'reads to the end',
      lesson: 'Half-close',
    },
  ])
})

test('one without a number in the catalogue has none', () => {
  write('a.ts', HEADER.with(1, '// catalogue: -'))
  expect(mistakesOf(exercise)[0]?.catalogue).toBeUndefined()
})

test('they come by name, other files are none', () => {
  write('b.ts', HEADER)
  write('a.ts', HEADER)
  write('causes.json', [])
  expect(mistakesOf(exercise).map(({ name }) => name)).toEqual(['a', 'b'])
})

test.each(['bug', 'catalogue', 'fails', 'lesson'])(
  'a header without its line "%s" is told, with the file',
  (field) => {
    write(
      'bad.ts',
      HEADER.filter((line) => !line.includes(`${field}:`)),
    )
    expect(() => mistakesOf(exercise)).toThrow(`bad.ts: its header has no line "// ${field}: …"`)
  },
)

test('a line that is empty, or not at the beginning of its line, is none', () => {
  write('bad.ts', HEADER.with(0, '// bug: '))
  expect(() => mistakesOf(exercise)).toThrow('// bug')
  write('bad.ts', HEADER.with(0, '  // bug: indented'))
  expect(() => mistakesOf(exercise)).toThrow('// bug')
})

test('an exercise without mistakes has none', () => {
  fs.rmdirSync(exercise.mistakes)
  expect(mistakesOf(exercise)).toEqual([])
})

/** A solution of two files beside the exercise's mistakes. */
function solve(): ExerciseInfo {
  const folder = path.join(exercise.mistakes, '..', 'solution')
  fs.mkdirSync(folder)
  for (const name of ['main.ts', 'paths.ts']) fs.writeFileSync(path.join(folder, name), 'right')
  return { ...exercise, solution: path.join(folder, 'main.ts') }
}
const texts = (main: string) =>
  ['main.ts', 'paths.ts'].map((name) =>
    fs.readFileSync(path.join(path.dirname(main), name), 'utf8').slice(0, 6),
  )

test('a folder of files takes the place of the solution’s', () => {
  fs.mkdirSync(path.join(exercise.mistakes, 'follows-links'))
  write('follows-links/paths.ts', HEADER)
  const solved = solve()
  const [mistake] = mistakesOf(solved)
  expect(mistake).toMatchObject({ name: 'follows-links', catalogue: 7 })
  if (!mistake) return
  const main = assemble(solved, mistake, path.join(exercise.mistakes, '..', 'made'))
  expect(texts(main)).toEqual(['right', '// bug'])
})

test('a file takes the place of main.ts, and lies where it lies when there is no other', () => {
  write('follows-links.ts', HEADER)
  const solved = solve()
  const [mistake] = mistakesOf(solved)
  if (!mistake) throw new Error('no mistake was found')
  const made = path.join(exercise.mistakes, '..', 'made')
  expect(texts(assemble(solved, mistake, made))).toEqual(['// bug', 'right'])
  fs.rmSync(path.join(path.dirname(solved.solution), 'paths.ts'))
  expect(assemble(solved, mistake, made)).toBe(mistake.file)
})

test('a folder without a header is an error', () => {
  fs.mkdirSync(path.join(exercise.mistakes, 'empty'))
  expect(() => mistakesOf(exercise)).toThrow('none of its files begins with')
})
