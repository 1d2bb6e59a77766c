/** A student's folder that is brought up to a newer handout, on a small course. */
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BadCall } from '../../grader/exit.ts'
import {
  fingerprint,
  type HandoutRecord,
  readRecord,
  writeRecord,
} from '../../grader/handout/record.ts'
import { root } from '../../grader/manifest.ts'
import { arePackagesNew } from '../../grader/update/news.ts'
import { openSource } from '../../grader/update/source.ts'
import { writeZip } from './class/archives.ts'
import { CourseCopy } from './course-copy.ts'

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'update-')))
const copy = new CourseCopy('package-lock.json', 'CHANGELOG.md', 'LICENSE')
afterAll(async () => {
  fs.rmSync(folder, { recursive: true, force: true })
  await copy.remove()
})

const fresh = path.join(folder, 'handout')
const old = path.join(folder, 'old')
const STUB = 'exercises/02-tcp-clients/first-client/main.ts'

const BESIDE = 'exercises/02-tcp-clients/first-client/main.0.2.0.ts'
/** Where the lesson with the student's notes is kept, but for the time. */
const BACKUP = '.course/backups/update-TIME/lessons/01-sockets/README.md'

/** Version 0.2.0 of a course of two exercises is made by the command; 0.1.0 had another stub, other lessons and one exercise. */
beforeAll(async () => {
  const exercise = (id: string) => `{ id: '${id}', title: 'The ${id}', seeds: [] }`
  const chapter = (id: string, of: string) =>
    `{ id: '${id}', title: 'Of ${id}', exercises: [${exercise(of)}] }`
  const chapters = [chapter('01-sockets', 'endpoints'), chapter('02-tcp-clients', 'first-client')]
  const types = fs.readFileSync(copy.path('course.ts'), 'utf8').split('export const course')[0]
  write(
    copy.folder,
    'course.ts',
    `${types}\nexport const course: Course = { id: 'small', title: 'Small', chapters: [${chapters}] }\n`,
  )
  write(copy.folder, 'CHANGELOG.md', '# Changelog\n\n- The first\n  client.\n- Endpoints.\n')
  for (const name of ['package.json', 'package-lock.json'])
    write(
      copy.folder,
      name,
      fs.readFileSync(copy.path(name), 'utf8').replace('"version": "0.1.0"', '"version": "0.2.0"'),
    )
  fs.mkdirSync(copy.path('solutions'))
  // The course itself is a source too: it makes its own handout.
  const made = await openSource(copy.folder, { ...NO_FILES, version: '0.1.0' }, folder)
  expect(made.folder).toBe(fresh)

  fs.cpSync(fresh, old, { recursive: true })
  write(old, 'CHANGELOG.md', '# Changelog\n\n- Endpoints.\n')
  write(
    old,
    'package.json',
    fs.readFileSync(path.join(old, 'package.json'), 'utf8').replace('0.2.0', '0.1.0'),
  )
  write(old, 'lessons/01-sockets/README.md', 'an older lesson')
  for (const name of ['gone', 'kept'])
    write(old, `lessons/01-sockets/examples/${name}.ts`, 'of old')
  write(old, STUB, 'the older stub')
  write(old, path.join(path.dirname(STUB), 'README.md'), 'the older task')
  for (const name of ['main.ts', 'README.md'])
    fs.rmSync(path.join(old, 'exercises/01-sockets/endpoints', name))
  record(old, '0.1.0')
})

const NO_FILES: HandoutRecord = { format: 1, course: 'small', version: '0.2.0', files: {} }

function write(at: string, name: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(at, name)), { recursive: true })
  fs.writeFileSync(path.join(at, name), text)
}

/** Notes a folder's files as handed out. */
function record(at: string, version: string): void {
  const files = Object.fromEntries(
    [...contents(at).keys()].map((name) => [name, fingerprint(path.join(at, name)) ?? '']),
  )
  delete files['handout.json']
  writeRecord(at, { ...NO_FILES, version, files })
}

/** Each file of a folder with its text; packages are none of it. */
function contents(at: string): Map<string, string> {
  const found = new Map<string, string>()
  const visit = (place: string) => {
    for (const entry of fs.readdirSync(path.join(at, place), { withFileTypes: true })) {
      const name = path.join(place, entry.name)
      if (entry.isDirectory()) visit(name)
      else if (entry.isFile())
        found.set(
          name.replace(/update-[^/]+Z/, 'update-TIME'),
          fs.readFileSync(path.join(at, name), 'latin1'),
        )
    }
  }
  visit('')
  return found
}

/** A student's folder of version 0.1.0 with their work in it. */
function student(name: string): string {
  const at = path.join(folder, name)
  fs.cpSync(old, at, { recursive: true })
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(at, 'node_modules'))
  write(at, STUB, 'my work')
  write(at, 'exercises/02-tcp-clients/first-client/helper.ts', 'my helper')
  write(at, 'lessons/01-sockets/examples/kept.ts', 'tried out')
  write(at, 'lessons/01-sockets/README.md', 'with my notes')
  write(at, 'notes.md', 'mine')
  write(at, '.course/progress.json', '{}')
  // A file whose line ends are this machine's is not changed.
  write(at, 'LICENSE', fs.readFileSync(path.join(at, 'LICENSE'), 'utf8').replaceAll('\n', '\r\n'))
  return at
}

async function update(at: string, ...args: string[]) {
  const command = [path.join(at, 'grader/course.js'), 'update-course', ...args]
  const env = { ...process.env, NO_COLOR: '1' }
  return promisify(execFile)(process.execPath, command, { cwd: at, env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  )
}

const TOLD = `small 0.1.0 → 0.2.0

what is new
  - The first client.

new       exercises/01-sockets/endpoints/README.md
new       exercises/01-sockets/endpoints/main.ts
changed   exercises/02-tcp-clients/first-client/README.md
          you had not touched it
yours     exercises/02-tcp-clients/first-client/main.ts
          it stays; its new beginning lies beside it, main.0.2.0.ts
replaced  lessons/01-sockets/README.md
          what you had is kept in .course/backups
yours     lessons/01-sockets/examples/kept.ts
          it stays, though the course does not have it any more
course    lessons, tests, grader, site: 0 files new, 3 changed, 1 gone
          all else that you wrote stays as it is

`

test('a dry run tells everything and changes nothing; the update does it, and once is enough', async () => {
  const at = student('ann')
  const before = contents(at)
  const dry = await update(at, '../handout', '--dry-run')
  expect(dry.stdout).toBe(
    `${TOLD}This was a dry run: nothing was changed.\nnext      npm run update-course -- ../handout\n`,
  )
  expect(dry).toMatchObject({ code: 0, stderr: '' })
  expect(contents(at)).toEqual(before)

  const real = await update(at, '../handout')
  expect(real).toEqual({ code: 0, stderr: '', stdout: `${TOLD}next      npm start\n` })
  expectUpdated(at)
  // Nothing else has come or gone.
  const due = [...contents(fresh).keys(), ...MINE, BESIDE, BACKUP]
  expect([...contents(at).keys()].sort()).toEqual([...new Set(due)].sort())
  const again = await update(at, '../handout')
  expect(again.stdout).toContain('There is nothing to do: this folder is version 0.2.0')
})

test('one that was cut short is gone on with, and one that cannot be done changes nothing', async () => {
  const at = student('bob')
  const whole = new Map(contents(at))
  write(at, '.course/update', 'a file where a folder is due')
  fs.renameSync(path.join(at, '.course'), path.join(at, 'elsewhere'))
  write(at, '.course', 'no folder')
  const refused = await update(at, '../handout')
  expect(refused).toMatchObject({ code: 2 })
  expect(refused.stderr).toMatch(
    /^course: the update could not be finished: .*Nothing of yours is lost/,
  )
  fs.rmSync(path.join(at, '.course'))
  fs.renameSync(path.join(at, 'elsewhere'), path.join(at, '.course'))
  expect(contents(at)).toEqual(
    new Map([...whole, ['.course/update', 'a file where a folder is due']]),
  )

  // The name beside their work is taken: by the student, who has something else there.
  write(at, BESIDE, 'mine too')

  // Half of the files have arrived, and what was brought for the others lies there still.
  const arrived = [...contents(fresh).keys()].filter((name) =>
    /^(lessons|course\.ts|CHANGELOG)/.test(name),
  )
  write(at, BACKUP, 'with my notes')
  for (const name of arrived) fs.cpSync(path.join(fresh, name), path.join(at, name))
  expect(await update(at, '../handout')).toMatchObject({ code: 0, stderr: '' })
  expectUpdated(at, BESIDE.replace('.ts', '-2.ts'))
  expect(contents(at).get(BESIDE)).toBe('mine too')
  expect(fs.existsSync(path.join(at, '.course/update'))).toBe(false)
})

/** A student's own files, as `student` writes them. */
const MINE = [
  STUB,
  'exercises/02-tcp-clients/first-client/helper.ts',
  'lessons/01-sockets/examples/kept.ts',
  'notes.md',
  '.course/progress.json',
  'LICENSE',
]

function expectUpdated(at: string, beside = BESIDE): void {
  const now = contents(at)
  for (const [name, text] of contents(fresh)) {
    if (!MINE.includes(name)) expect(now.get(name), name).toBe(text)
  }
  expect(now.get(STUB)).toBe('my work')
  expect(now.get('exercises/02-tcp-clients/first-client/helper.ts')).toBe('my helper')
  expect(now.get(beside)).toBe(contents(fresh).get(STUB))
  expect(now.get('lessons/01-sockets/examples/kept.ts')).toBe('tried out')
  expect(now.has('lessons/01-sockets/examples/gone.ts')).toBe(false)
  expect(now.get(BACKUP)).toBe('with my notes')
  expect(now.get('.course/progress.json')).toBe('{}')
  expect(readRecord(at)).toEqual(readRecord(fresh))
}

test('an archive of a handout will do, with all its files', async () => {
  const workspace = path.join(folder, 'archive')
  const archive = path.join(folder, 'small.zip')
  const members = [...contents(fresh)].map(([name, content]) => ({
    name: `small/${name}`,
    content: Buffer.from(content, 'latin1'),
  }))
  writeZip(archive, [...members, { name: 'small/.git/HEAD' }, { name: '__MACOSX/._small' }])
  const source = await openSource(archive, { ...NO_FILES, version: '0.1.0' }, workspace)
  expect(contents(source.folder)).toEqual(contents(fresh))
})

test('new packages are to be installed, a new version alone is not', () => {
  expect(arePackagesNew(old, fresh)).toBe(false)
  const lock = JSON.parse(fs.readFileSync(path.join(fresh, 'package-lock.json'), 'utf8'))
  const other = path.join(folder, 'other-packages')
  lock.packages['node_modules/vitest'].version = '99.0.0'
  write(other, 'package-lock.json', JSON.stringify(lock))
  expect(arePackagesNew(fresh, other)).toBe(true)
  expect(arePackagesNew(path.join(folder, 'no-lock'), fresh)).toBe(true)
})

describe('what a folder cannot be updated from is told in one sentence', () => {
  const handout = (name: string, record: object): string => {
    write(path.join(folder, name), 'handout.json', JSON.stringify(record))
    return path.join(folder, name)
  }
  const cases: [string, () => string, RegExp][] = [
    ['nothing', () => path.join(folder, 'nothing'), /there is no .*nothing/],
    [
      'a file',
      () => path.join(fresh, 'LICENSE'),
      /LICENSE cannot be used: it is neither a folder nor a \.zip/,
    ],
    ['another folder', () => path.join(fresh, 'lessons'), /neither a handout nor the course/],
    ['a folder of several', () => folder, /holds several handouts; name one of: /],
    ['this very folder', () => root, /is this very folder/],
    [
      'another course',
      () => handout('cooking', { ...NO_FILES, course: 'cooking' }),
      /another course, “cooking”/,
    ],
    [
      'an older version',
      () => handout('older', { ...NO_FILES, version: '0.1.9' }),
      /is version 0\.1\.9, and this folder is version 0\.1\.10 already/,
    ],
    ['no record', () => handout('broken', { format: 1 }), /cannot be read as the record/],
    [
      'a strange version',
      () => handout('strange', { ...NO_FILES, version: '../1' }),
      /cannot be read as the record/,
    ],
    [
      'a damaged handout',
      () => handout('damaged', { ...NO_FILES, files: { LICENSE: 'x' } }),
      /not as it was handed out: LICENSE/,
    ],
    ...['../x', '/etc/x', '.course/progress.json', 'a/../../x', 'node_modules/x', 'C:\\x'].map(
      (name): [string, () => string, RegExp] => [
        `one that writes to ${name}`,
        () => handout('hostile', { ...NO_FILES, files: { [name]: 'x' } }),
        /cannot be read as the record/,
      ],
    ),
  ]
  test.each(cases)('%s', async (_, from, says) => {
    const error = await openSource(from(), { ...NO_FILES, version: '0.1.10' }, folder).catch(
      (error: unknown) => error,
    )
    expect(error).toBeInstanceOf(BadCall)
    expect(error).toMatchObject({ message: expect.stringMatching(says) })
  })
})
