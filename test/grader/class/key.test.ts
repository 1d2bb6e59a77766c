import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Keys } from '../../../grader/class/key.ts'
import { findExercise } from '../../../grader/manifest.ts'

const exercise = findExercise('first-client')
const other = findExercise('gbk-client')
if (!exercise || !other) throw new Error('first-client or gbk-client is gone')

let folder = ''
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keys-'))
})
afterEach(() => fs.rmSync(folder, { recursive: true }))

const keys = new Keys({ seed: '7', isolation: 'node' })
const ONCE = /^once-/

/** The base of a submission with these files in the exercise's folder. */
function submission(name: string, files: Record<string, string>): string {
  const base = path.join(folder, name)
  fs.mkdirSync(path.join(base, exercise?.place ?? ''), { recursive: true })
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(base, exercise?.place ?? '', file)), { recursive: true })
    fs.writeFileSync(path.join(base, exercise?.place ?? '', file), text)
  }
  return base
}

test('the same program has the same key, whoever hands it in and wherever', () => {
  const ada = submission('ada', { 'main.ts': 'a', 'lib/help.ts': 'b' })
  const bob = submission('deeper/bob', { 'main.ts': 'a', 'lib/help.ts': 'b' })
  const key = keys.of(exercise, ada)
  expect(key).toMatch(/^[\w-]{43}$/)
  expect(keys.of(exercise, bob)).toBe(key)
  expect(keys.of(exercise, `${ada}/.`)).toBe(key)
  expect(new Keys({ seed: '7', isolation: 'node' }).of(exercise, ada)).toBe(key)
  const nothing = keys.of(exercise, path.join(folder, 'gone'))
  expect(nothing).toBe(keys.of(exercise, folder))
  expect(nothing).toMatch(/^[\w-]{43}$/)
})

test('whatever may decide over the result makes another key', () => {
  const ada = submission('ada', { 'main.ts': 'ab', 'help.ts': 'c' })
  const all = [
    keys.of(exercise, ada),
    keys.of(other, ada),
    new Keys({ seed: '8', isolation: 'node' }).of(exercise, ada),
    new Keys({ seed: '7', isolation: 'os' }).of(exercise, ada),
    keys.of(exercise, submission('1', { 'main.ts': 'ab' })),
    keys.of(exercise, submission('2', { 'main.ts': 'abc', 'help.ts': '' })),
    keys.of(exercise, submission('3', { 'main.ts': 'ab', 'other.ts': 'c' })),
    keys.of(exercise, submission('4', { 'main.ts': 'ab', 'lib/help.ts': 'c' })),
    keys.of(exercise, submission('5', { 'main.ts': 'ab', 'help.ts': 'c', 'data.txt': '' })),
    keys.of(
      exercise,
      submission('6', { 'main.ts': 'ab', 'help.ts': 'c', 'node_modules/x.js': '' }),
    ),
    keys.of(exercise, submission('7', { 'main.ts/x': 'ab', 'help.ts': 'c' })),
  ]
  expect(new Set(all).size).toBe(all.length)
})

test('without isolation what lies beside the folder counts, too', () => {
  const ada = submission('ada', { 'main.ts': 'a' })
  const open = new Keys({ seed: '7', isolation: 'none' })
  const before = open.of(exercise, ada)
  expect(open.of(exercise, ada)).toBe(before)
  fs.writeFileSync(path.join(ada, 'shared.ts'), '')
  expect(open.of(exercise, ada)).not.toBe(before)
})

test('what cannot be told by its content is never taken for something known', () => {
  const ada = submission('ada', { 'main.ts': 'a' })
  const linked = submission('linked', {})
  fs.symlinkSync(
    path.join(ada, exercise.place, 'main.ts'),
    path.join(linked, exercise.place, 'main.ts'),
  )
  const through = path.join(folder, 'through')
  fs.mkdirSync(through)
  fs.symlinkSync(path.join(ada, exercise.chapter.id), path.join(through, exercise.chapter.id))
  const waits = submission('waits', {})
  execFileSync('mkfifo', [path.join(waits, exercise.place, 'main.ts')])
  const many = submission('many', {})
  for (let i = 0; i < 1_001; i++) fs.writeFileSync(path.join(many, exercise.place, `${i}`), '')
  const large = submission('large', { 'main.ts': 'a' })
  fs.truncateSync(path.join(large, exercise.place, 'main.ts'), 2 ** 40)
  for (const base of [linked, through, waits, many, large]) {
    const key = keys.of(exercise, base)
    expect(key, base).toMatch(ONCE)
    expect(keys.of(exercise, base)).not.toBe(key)
  }
})
