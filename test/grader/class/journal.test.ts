import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Standing } from '../../../grader/class/changes.ts'
import { Journal, journalOf } from '../../../grader/class/journal.ts'
import { BadCall } from '../../../grader/exit.ts'
import type { Exercise } from '../../../grader/verdict/result.ts'

let folder = ''
let file = ''
let opened: Journal[] = []
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'journal-'))
  file = path.join(folder, 'grades', 'class.jsonl')
  opened = []
})
afterEach(() => {
  for (const journal of opened) journal.close()
  fs.rmSync(folder, { recursive: true })
})

function open(): Journal {
  const journal = new Journal(file)
  opened.push(journal)
  return journal
}

function reopen(): Journal {
  opened.pop()?.close()
  return open()
}

const result = (id: string, status: Exercise['status'] = 'pass'): Exercise => ({
  id,
  chapter: '01-sockets',
  status,
  score: 2,
  max: 2,
  durationMs: 12,
  tests: [
    { name: 'says “é\u2028\n”', status: 'pass', points: 2, max: 2, message: 'x'.repeat(6_000) },
  ],
})

const never = () => {
  throw new Error('no seed is to be drawn')
}

test('what was added is there again, as it was', () => {
  const journal = open()
  expect(journal.begin(undefined, false, () => 'drawn')).toBe('drawn')
  // more than is read at a time
  for (let i = 0; i < 400; i++) journal.add(`key ${i}`, 'ada', result(`exercise-${i}`))
  expect(journal.get('key 399')).toEqual(result('exercise-399'))
  const again = reopen()
  expect(again.damage).toBeUndefined()
  expect(again.begin(undefined, false, never)).toBe('drawn')
  for (const i of [0, 1, 198, 399]) expect(again.get(`key ${i}`)).toEqual(result(`exercise-${i}`))
  expect(again.has('key 800')).toBe(false)
  expect(again.get('a foreign key')).toBeUndefined()
})

test('a line that was cut off anywhere is told of, cut away, and written anew', () => {
  const journal = open()
  journal.begin('7', false, never)
  journal.add('one', 'ada', result('first'))
  const whole = fs.statSync(file).size
  journal.add('two', 'ada', result('second'))
  const text = fs.readFileSync(file)
  for (const cut of [whole + 1, whole + 40, text.length - 2, text.length - 1]) {
    opened.pop()?.close()
    fs.writeFileSync(file, text.subarray(0, cut))
    const again = open()
    expect(again.damage).toMatch(
      /last line was not written to its end; what is missing is graded again$/,
    )
    expect([again.has('one'), again.has('two')]).toEqual([true, false])
    expect(fs.statSync(file).size).toBe(whole)
    again.add('two', 'ada', result('second'))
    expect(fs.readFileSync(file)).toEqual(text)
  }
  const mended = reopen()
  expect(mended.damage).toBeUndefined()
  expect(mended.get('two')).toEqual(result('second'))
})

test('lines that cannot be read, or are none of ours, cost only themselves', () => {
  const journal = open()
  journal.begin('7', false, never)
  journal.add('one', 'ada', result('first'))
  fs.appendFileSync(file, '\0\0\0\n{"key": "half", "resul\n[]\nnull\n{"version":2,"seed":"x"}\n')
  const spoilt = reopen()
  expect(spoilt.damage).toMatch(/5 of its lines cannot be read/)
  expect(spoilt.get('one')).toEqual(result('first'))
  expect(spoilt.begin(undefined, false, never)).toBe('7')
})

test('a result of status error is never used again', () => {
  const journal = open()
  journal.add('one', 'ada', result('first', 'error'))
  expect(journal.has('one')).toBe(false)
  expect(reopen().has('one')).toBe(false)
})

test('the seed is kept, one that is given takes its place, and fresh forgets it with all results', () => {
  open().begin(undefined, false, () => 'a')
  expect(reopen().begin('b', false, never)).toBe('b')
  const journal = reopen()
  expect(journal.begin(undefined, false, never)).toBe('b')
  journal.add('one', 'ada', result('first'))
  expect(journal.begin('b', true, never)).toBe('b')
  expect(journal.has('one')).toBe(false)
  expect(reopen().has('one')).toBe(false)
  expect(reopen().begin(undefined, true, () => 'c')).toBe('c')
})

test('a second run on a class is refused while the first one lives, and only then', () => {
  open()
  expect(open).toThrow(BadCall)
  expect(open).toThrow(new RegExp(`being graded by process ${process.pid} right now; wait`))
  opened.pop()?.close()
  const { pid } = spawnSync(process.execPath, ['--version'])
  fs.writeFileSync(`${file}.lock`, `${pid}\n`)
  open()
  opened.pop()?.close()
  expect(fs.readdirSync(path.dirname(file))).toEqual(['class.jsonl'])
})

test('a journal that cannot be kept is told in a sentence', () => {
  fs.writeFileSync(path.join(folder, 'grades'), '')
  expect(open).toThrow(BadCall)
  expect(open).toThrow(/the journal .*class.jsonl cannot be kept: E/)
})

test('each finished run is compared with the last one, also when that one was about less', () => {
  const standing = (name: string, results: Record<string, string>): Standing => {
    const place = path.join(folder, name)
    fs.mkdirSync(place, { recursive: true })
    return { name, path: place, results }
  }
  const journal = open()
  const first = [
    standing('ada', { one: '3/5', two: '1/1' }),
    standing('bob', { one: 'missing', two: '1/1' }),
    standing('__proto__', { one: '5/5', two: '1/1' }),
  ]
  const { since, changes } = journal.finish(first, new Date('2026-01-31T12:00:00Z'))
  expect(since).toBeUndefined()
  expect(changes.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'ada new',
    'bob new',
    '__proto__ new',
  ])
  // Only one exercise of one student: nobody else is gone, and nothing else has changed.
  expect(reopen().finish([standing('ada', { one: '5/5' })])).toMatchObject({
    since: '2026-01-31T12:00:00.000Z',
    changes: [
      { name: 'ada', kind: 'changed', results: [{ id: 'one', before: '3/5', now: '5/5' }] },
    ],
  })
  fs.rmSync(path.join(folder, 'bob'), { recursive: true })
  const last = [
    standing('ada', { one: '5/5', two: '1/1' }),
    standing('__proto__', { one: 'unreadable', two: 'unreadable' }),
    standing('eve', { one: '0/5', two: '0/1' }),
  ]
  expect(reopen().finish(last).changes).toMatchObject([
    { name: '__proto__', kind: 'changed', results: [{ id: 'one' }, { id: 'two' }] },
    { name: 'eve', kind: 'new' },
    { name: 'bob', kind: 'gone' },
  ])
  expect(reopen().finish(last).changes).toEqual([])
})

test('a folder of submissions and the list of all that lie in it are the same class', () => {
  const both = journalOf(['class/ada', 'class/bob/'])
  expect(both).toBe(journalOf(['class/']))
  expect(both).toBe(journalOf([path.resolve('class')]))
  expect(both).not.toBe(journalOf(['class/ada']))
  expect(both).not.toBe(journalOf(['other/class']))
  expect(journalOf(['class/ada', 'class/ada2'])).toBe(both)
  expect(path.basename(journalOf(['/']))).toMatch(/^class-[0-9a-f]{8}\.jsonl$/)
  expect(path.basename(journalOf([`/${'名前 x'.repeat(60)}`])).length).toBeLessThan(80)
})
