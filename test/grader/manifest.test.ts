import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { course } from '../../course.ts'
import { type ExerciseInfo, exercises, findExercise, isStub, root } from '../../grader/manifest.ts'
import { makeExercise } from './verdict/exercise.ts'

const STUB = "// café\nexport function ask(): void {\n  throw new Error('Not written yet')\n}\n"

let exercise: ExerciseInfo
let remove: () => void
beforeEach(() => {
  ;({ exercise, remove } = makeExercise())
  fs.writeFileSync(exercise.stub, STUB)
})
afterEach(() => remove())

test.each([
  ['as it is', STUB],
  ['with CRLF', STUB.replaceAll('\n', '\r\n')],
  ['with a BOM', `\ufeff${STUB}`],
  ['with both', `\ufeff${STUB.replaceAll('\n', '\r\n')}`],
  ['without its last line end', STUB.trimEnd()],
  ['with blanks at line ends', STUB.replaceAll('\n', ' \t\n')],
  ['with empty lines around it', `\n\n${STUB}\n\n`],
])('the stub %s is the stub', (_, source) => {
  expect(isStub(exercise, source)).toBe(true)
})

test.each([
  ['with a comment more', `// begun\n${STUB}`],
  ['with another message', STUB.replace('Not', 'not')],
  ['indented otherwise', STUB.replaceAll('  ', '    ')],
  ['emptied', ''],
])('the stub %s is not the stub', (_, source) => {
  expect(isStub(exercise, source)).toBe(false)
})

test('a stub that itself has CRLF is compared in the same way', () => {
  fs.writeFileSync(exercise.stub, `\ufeff${STUB.replaceAll('\n', '\r\n')}`)
  expect(isStub(exercise, STUB)).toBe(true)
})

test('every exercise of the course is there, in its order, with the files that make it one', () => {
  expect(exercises.map(({ id }) => id)).toEqual(
    course.chapters.flatMap((chapter) => chapter.exercises.map(({ id }) => id)),
  )
  for (const { place, main, stub, solution, hidden } of exercises) {
    for (const file of [main, stub, solution, hidden]) expect(fs.existsSync(file), file).toBe(true)
    expect(main).toBe(path.join(root, 'exercises', place, 'main.ts'))
  }
})

test('an exercise is found by its id, and by nothing else', () => {
  for (const one of exercises) expect(findExercise(one.id)).toBe(one)
  for (const id of ['', 'nothing', '01-sockets', '__proto__'])
    expect(findExercise(id)).toBeUndefined()
})
