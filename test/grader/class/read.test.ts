import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findSubmissions, submittedFile } from '../../../grader/class/read.ts'
import { exercises } from '../../../grader/manifest.ts'

let folder = ''
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'class-')))
})
afterEach(() => fs.rmSync(folder, { recursive: true }))

const CHAPTER = '02-tcp-clients'
const at = (...parts: string[]) => path.join(folder, ...parts)
const make = (...parts: string[]) => {
  fs.mkdirSync(at(...parts), { recursive: true })
}

test('a folder with exercises/, or with the chapter folders themselves, is one submission', () => {
  make('ada', 'exercises', CHAPTER)
  make('bob', CHAPTER)
  expect(findSubmissions(at('ada'))).toEqual([
    { name: 'ada', path: at('ada'), base: at('ada', 'exercises') },
  ])
  expect(findSubmissions(at('bob'))).toEqual([{ name: 'bob', path: at('bob'), base: at('bob') }])
})

test('a folder of such folders is as many, by name; others in it are passed over', () => {
  make('bob', CHAPTER)
  make('ada', 'exercises', CHAPTER)
  make('notes')
  make('.git', 'objects')
  fs.writeFileSync(at('README.md'), '')
  expect(findSubmissions(folder).map(({ name }) => name)).toEqual(['ada', 'bob'])
})

test('names with blanks, umlauts, quotes and line ends are names', () => {
  const names = ['Ümlaut Äda', "O'Brien", '-rf', '$(id)', 'two\nlines', '中文']
  for (const name of names) make(name, CHAPTER)
  expect(
    findSubmissions(folder)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(names.sort())
})

test('a path is read as it is meant: a trailing slash, dots, relative', () => {
  make('ada', CHAPTER)
  const due = findSubmissions(at('ada'))
  expect(findSubmissions(`${at('ada')}/`)).toEqual(due)
  expect(findSubmissions(`${folder}/./ada/../ada`)).toEqual(due)
  expect(findSubmissions(path.relative(process.cwd(), at('ada')))).toEqual(due)
})

test('what cannot be read is told, never thrown', () => {
  make('empty')
  fs.writeFileSync(at('file.zip'), '')
  fs.symlinkSync(at('nowhere'), at('dangling'))
  fs.symlinkSync(at('loop'), at('loop'))
  const message = (name: string) => findSubmissions(name)[0]?.message
  expect(message(at('gone'))).toBe('it cannot be read: ENOENT')
  expect(message(at('dangling'))).toBe('it cannot be read: ENOENT')
  expect(message(at('loop'))).toBe('it cannot be read: ELOOP')
  expect(message(at('file.zip', 'inside'))).toBe('it cannot be read: ENOTDIR')
  expect(message(at('x'.repeat(300)))).toBe('it cannot be read: ENAMETOOLONG')
  expect(message(at('a\0b'))).toMatch(/^it cannot be read: /)
  expect(message(at('file.zip'))).toMatch(/no folder/)
  expect(message(at('empty'))).toMatch(/neither exercises\/ nor a chapter folder/)
})

test('each is told by its name and whole path', () => {
  expect(findSubmissions(at('gone'))).toMatchObject([{ name: 'gone', path: at('gone') }])
})

test('a file or a link where a chapter folder should be is none', () => {
  make('ada')
  fs.writeFileSync(at('ada', CHAPTER), '')
  make('bob')
  fs.symlinkSync('/etc', at('bob', CHAPTER))
  expect(findSubmissions(at('ada'))[0]).toHaveProperty('message')
  expect(findSubmissions(at('bob'))[0]).toHaveProperty('message')
})

test('exercises/ without a chapter does not hide chapter folders beside it', () => {
  make('ada', 'exercises')
  make('ada', CHAPTER)
  expect(findSubmissions(at('ada'))[0]?.base).toBe(at('ada'))
})

test('a student’s file lies where the course’s own does', () => {
  const [exercise] = exercises
  if (!exercise) throw new Error('course.ts lists no exercise')
  expect(submittedFile('/base', exercise)).toBe(
    path.join('/base', exercise.chapter.id, exercise.id, 'main.ts'),
  )
})
