/** The folder of reports: what it holds, and what it does not touch. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { fileNames } from '../../../grader/report/file-names.ts'
import { checkFolder, writeReports } from '../../../grader/report/folder.ts'
import { hostile, hostileNames, real } from './hostile.ts'

const place = fs.mkdtempSync(path.join(os.tmpdir(), 'reports-'))
afterAll(() => fs.rmSync(place, { recursive: true }))

test('names of files are safe on every system, and differ', () => {
  const names = fileNames(hostileNames)
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(hostileNames.length)
  for (const name of names) {
    expect(name).toMatch(/^[^./\\<>:"|?*\p{Cc}\p{Cs}][^/\\<>:"|?*\p{Cc}\p{Cs}]*$/u)
    expect(name).not.toMatch(/^(con|nul|aux|prn|com\d|lpt\d)(\.|$)|[. ]$/i)
    expect(Buffer.byteLength(`${name}.json`)).toBeLessThanOrEqual(255)
  }
  expect(fileNames(['ada', 'Ada', 'a/da', 'a:da', '张伟'])).toEqual([
    'ada',
    'Ada-2',
    'a_da',
    'a_da-2',
    '张伟',
  ])
})

test('every format is written, below the folder and nowhere else', async () => {
  const folder = path.join(place, 'class', 'reports')
  checkFolder(folder)
  const count = await writeReports(folder, hostile)
  const submissions = hostile.submissions.length
  expect(fs.readdirSync(folder).sort()).toEqual([
    '.course-reports',
    'class.html',
    'exercism',
    'feedback',
    'gradebook.csv',
    'gradescope',
    'junit.xml',
    'report.json',
    'report.txt',
  ])
  expect(fs.readdirSync(path.join(folder, 'feedback'))).toHaveLength(submissions)
  expect(fs.readdirSync(path.join(folder, 'gradescope'))).toHaveLength(submissions)
  // Two exercises each, but for the one that cannot be read.
  expect(count).toBe(5 + submissions * 2 + (submissions * 2 - 1))
  expect(fs.readdirSync(path.join(place, 'class'))).toEqual(['reports'])
})

test('earlier reports are replaced, and those of who has left go', async () => {
  const folder = path.join(place, 'again')
  checkFolder(folder)
  await writeReports(folder, hostile)
  checkFolder(folder)
  await writeReports(folder, real)
  const feedback = fs.readdirSync(path.join(folder, 'feedback'))
  expect(feedback.sort()).toEqual(real.submissions.map(({ name }) => `${name}.md`).sort())
})

test('a folder with anything else is refused, and left as it is', async () => {
  const folder = path.join(place, 'notes')
  fs.mkdirSync(folder)
  fs.writeFileSync(path.join(folder, 'notes.md'), 'mine')
  expect(() => checkFolder(folder)).toThrow(/holds other things than reports \(notes\.md\)/)
  fs.rmSync(path.join(folder, 'notes.md'))
  await writeReports(folder, real)
  fs.writeFileSync(path.join(folder, 'feedback', 'mine.md'), 'mine')
  expect(() => checkFolder(folder)).toThrow(/\(feedback\/mine\.md\)/)
  expect(() => checkFolder(path.join(folder, 'report.json'))).toThrow(/cannot be written.*EEXIST/)
})
