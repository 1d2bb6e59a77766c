/** The screen of `npm start` under a pseudo-terminal, on a course of two exercises in a folder with a difficult name. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exercises } from '../../grader/manifest.ts'
import { mistakesOf } from '../../grader/verdict/mistakes.ts'
import { CourseCopy } from './course-copy.ts'
import { hasTerminals, Terminal } from './terminal.ts'

const [first, second] = exercises
if (!first || !second) throw new Error('the course has less than two exercises')
const mistake = mistakesOf(first).find(({ file }) => file.includes('waits-for-the-server'))
if (!mistake) throw new Error(`the mistake of ${first.id} that this test shows is gone`)

const copy = new CourseCopy()
const folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'screen-')), 'my course 课程')
const save = (exercise: typeof first, file: string) =>
  fs.copyFileSync(file, path.join(folder, 'exercises', exercise.place, 'main.ts'))

function start(...options: string[]): Terminal {
  const command = [path.join(folder, 'grader/course.js'), 'start', '--no-site', ...options]
  return new Terminal(process.execPath, command, { cwd: folder, env: { NO_COLOR: '1' } })
}

/** What is in sight, without the breaks between rows. */
const seen = ({ rows }: Terminal) => rows.join(' ').replace(/\s+/g, ' ')
const shows = (words: string) => (terminal: Terminal) => seen(terminal).includes(words)
/** Rows wrap again, the cursor is there, the first screen is back. */
const LEFT = '\x1b[?7h\x1b[?25h\x1b[?1049l'
const KEYS = 't task v verdict h hint n next m map g grade r reset ? help q quit'

beforeAll(() => {
  fs.renameSync(copy.folder, folder)
  const course = `export const course = { id: 'small', title: 'Small', chapters: [{ id: '${first.chapter.id}',
    title: 'What a socket is', exercises: ${JSON.stringify([first, second].map(({ id, title }) => ({ id, title, seeds: [] })))} }] }`
  fs.writeFileSync(path.join(folder, 'course.ts'), course)
})
afterAll(() => fs.rmSync(path.dirname(folder), { recursive: true, force: true }))

describe.skipIf(!hasTerminals)('on a terminal', () => {
  let terminal: Terminal
  /** The bytes that `act` makes the command print until `condition` holds. */
  const printed = async (act: () => void, condition: (terminal: Terminal) => boolean) => {
    const before = terminal.output.length
    act()
    await terminal.until(condition)
    return terminal.output.slice(before)
  }

  beforeAll(() => {
    terminal = start()
  })
  afterAll(async () => void (await terminal.close()))

  test('the first page tells five steps, which file to open, and the keys', async () => {
    await terminal.until(shows(KEYS))
    const page = seen(terminal)
    for (const step of ['1. ', '2. ', '3. ', '4. ', '5. ']) expect(page).toContain(step)
    expect(page).toContain(`3. Open exercises/${first.place}/main.ts`)
    expect(page).toContain('Save the file. That is all')
    expect(page).toContain(folder)
    expect(terminal.rows[0]).toBe(`${first.title}  ${first.id}, 0 of 2 passed`)
    expect(terminal.rows[1]).toBe('01 ▸○')
  })

  test('a wrong program: the first failure and its cause are in sight, and the rest by a key', async () => {
    save(first, mistake.file)
    await terminal.until(shows('tests passed'))
    expect(seen(terminal)).toContain(`✗ ${mistake.fails}`)
    expect(seen(terminal)).toContain(mistake.bug)
    expect(seen(terminal)).toContain('In a failure, found tells what happened')
    expect(seen(terminal)).toMatch(/wire .* ← FIN/)
    terminal.type('f')
    await terminal.until(
      shows('✗ is not disturbed by a reset that comes after it has left 0/1 found'),
    )
    terminal.type('f')
    await terminal.until(shows(`✗ ${mistake.fails} 0/1 found`))
  })

  test('only what changed is drawn, and nothing is cleared', async () => {
    const isAnswered = shows('There is no key x')
    const note = await printed(() => terminal.type('x'), isAnswered)
    expect(note.length).toBeLessThan(250)
    const scrolled = await printed(() => terminal.type('\x1b[B'), shows('lines 2–'))
    expect(scrolled.length).toBeLessThan(24 * 90)
    expect(note + scrolled).not.toContain('\x1b[2J')
    expect(note + scrolled).not.toContain('\x1b[J')
  })

  test.each([
    [60, 20],
    [200, 50],
    [34, 12],
    [80, 24],
  ])('fits a window of %i × %i', async (columns, rows) => {
    terminal.type('\x1b[H')
    terminal.resize(columns, rows)
    const isFitted = (rule: string) => rule.length === columns && /^─/.test(rule)
    await terminal.until(
      ({ rows }) => rows.some(isFitted) && rows.at(-1)?.endsWith('q\u00a0quit') === true,
    )
    expect(terminal.rows).toHaveLength(rows)
    expect(terminal.rows[0]).toContain(first.title.slice(0, 20))
    // No word is cut: a row that went over the edge would have lost its end.
    if (rows >= 24) expect(seen(terminal)).toContain(mistake.bug)
  })

  test('a window too small for anything says so', async () => {
    terminal.resize(40, 5)
    await terminal.until(shows('This window has 40 columns and 5 rows. Make it larger'))
    terminal.resize(80, 24)
    await terminal.until(shows(KEYS))
  })

  test('a key pressed while a program is graded is answered, and the verdict still comes', async () => {
    save(first, first.solution)
    await terminal.until(shows(`saved ${first.id}, grading`))
    terminal.type('？')
    await terminal.until(shows(`✓ ${first.id} is passed with all its 13 points: 1 of 2 exercises.`))
    expect(terminal.output).toContain('Good to know')
    expect(seen(terminal)).toContain('learnt The two ends of a connection')
    expect(seen(terminal)).toContain(`next press n: ${second.title}`)
  })

  test('upper case and the wide letters of an input method are keys; the last pass ends the course', async () => {
    terminal.type('ｎ')
    await terminal.until(shows('export async function listenOn('))
    terminal.type('H')
    await terminal.until(shows('hint 1 of 5'))
    save(second, second.solution)
    await terminal.until(shows('All 2 exercises are passed. That is the end of the course.'))
    expect(seen(terminal)).toContain(`chapter ${first.chapter.id} is complete`)
    expect(terminal.rows[1]).toBe('01 ✓✓')
  })

  test('reset asks first', async () => {
    terminal.type('r')
    await terminal.until(shows(`Put ${second.id} back to its beginning?`))
    terminal.type('n')
    await terminal.until(shows('Nothing was changed.'))
  })

  test('another session in the same folder is told of it, and lines are lines with --plain', async () => {
    const other = start('--plain')
    await other.until(/Another npm start is at work in this folder \(process \d+\)/)
    await other.until(/^keys {6}t\stask/m)
    expect(other.output).not.toContain('\x1b[?1049h')
    other.type('m')
    await other.until(new RegExp(`✓ ${second.id}`))
    other.type('q')
    expect(await other.exited).toMatchObject({ code: 0 })
  })

  test('q leaves the terminal as it was', async () => {
    terminal.type('q')
    expect(await terminal.exited).toMatchObject({ code: 0 })
    expect(terminal.output).toContain(LEFT)
    expect(terminal.text).toBe('2 of 2 exercises passed. npm start goes on from here.')
  })

  test('so does a kill, even one that nobody can answer', async () => {
    terminal = start()
    await terminal.until(shows(KEYS))
    process.kill(Number(fs.readFileSync(path.join(folder, '.course/session'), 'utf8')), 'SIGKILL')
    expect(await terminal.exited).toMatchObject({ code: 130 })
    expect(terminal.output.endsWith(LEFT)).toBe(true)
    terminal = start()
    await terminal.until(shows(KEYS))
    expect(seen(terminal)).toContain('All 2 exercises are passed. That is the end of the course.')
    await terminal.close()
    expect(terminal.output).toContain(LEFT)
  })
})
