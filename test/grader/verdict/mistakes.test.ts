import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ExerciseInfo } from '../../../grader/manifest.ts'
import { mistakesOf } from '../../../grader/verdict/mistakes.ts'
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
