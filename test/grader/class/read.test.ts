import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import zlib from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Found, readSubmissions, submittedFile } from '../../../grader/class/read.ts'
import { LIMITS } from '../../../grader/class/unpack.ts'
import { exercises, root } from '../../../grader/manifest.ts'
import { writeTar, writeZip, type ZipMember } from './archives.ts'

let folder = ''
let workspace = ''
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'class-')))
  workspace = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'workspace-')))
})
afterEach(() => {
  fs.rmSync(folder, { recursive: true })
  fs.rmSync(workspace, { recursive: true })
})

const CHAPTER = '02-tcp-clients'
const MAIN = `${CHAPTER}/first-client/main.ts`
const at = (...parts: string[]) => path.join(folder, ...parts)
const make = (...parts: string[]) => {
  fs.mkdirSync(at(...parts), { recursive: true })
}
const read = (...paths: string[]) => readSubmissions(paths, workspace)
const names = (found: Found[]) => found.map(({ name }) => name)
const reason = async (given: string) => (await read(given)).map(({ message }) => message).join()
/** What a submission's first-client says. */
const program = ({ base, message }: Found | undefined = { name: '', path: '', message: '' }) =>
  base === undefined ? message : fs.readFileSync(path.join(base, MAIN), 'utf8')

test('a folder with exercises/, or with the chapter folders themselves, is one submission', async () => {
  make('ada', 'exercises', CHAPTER)
  make('bob', CHAPTER)
  expect(await read(at('ada'))).toEqual([
    { name: 'ada', path: at('ada'), base: at('ada', 'exercises') },
  ])
  expect(await read(at('bob'))).toEqual([{ name: 'bob', path: at('bob'), base: at('bob') }])
})

test('a folder of folders and archives is a class; who cannot be read in it is told, junk is not', async () => {
  make('bob', CHAPTER)
  make('ada', 'exercises', CHAPTER)
  make('dan', 'my-work', 'exercises', CHAPTER)
  make('moodle_123', CHAPTER.slice(1))
  make('empty')
  make('.git', 'objects')
  make('__MACOSX', CHAPTER)
  fs.writeFileSync(at('README.md'), '')
  fs.writeFileSync(at('finn.rar'), 'Rar!')
  fs.symlinkSync(at('bob'), at('copycat'))
  writeZip(at('eve.zip'), [{ name: MAIN, content: 'eve' }])
  make('gus_42_file')
  writeZip(at('gus_42_file', 'homework.zip'), [{ name: `exercises/${MAIN}`, content: 'gus' }])
  const found = await read(folder)
  expect(found.map(({ name, message }) => (message ? `${name}: ${message}` : name))).toEqual([
    'ada',
    'bob',
    'copycat: it is a symbolic link; put the folder itself in its place',
    'dan',
    'empty: it holds neither exercises/ nor a chapter folder such as 01-sockets/',
    'eve',
    'finn.rar: it is neither a folder nor a .zip, .tar.gz, .tgz or .csv file',
    'gus_42_file',
    'moodle_123: it holds neither exercises/ nor a chapter folder such as 01-sockets/',
  ])
  expect(program(found.find(({ name }) => name === 'gus_42_file'))).toBe('gus')
})

test('names with blanks, umlauts, quotes and line ends are names', async () => {
  const due = ['Ümlaut Äda', "O'Brien", '-rf', '$(id)', 'two\nlines', '中文', 'a.b']
  for (const name of due) make(name, CHAPTER)
  expect(names(await read(folder)).sort()).toEqual(due.sort())
})

test('two submissions never have one name, on any file system; one given twice is one', async () => {
  for (const group of ['a', 'b']) make(group, 'Ada', CHAPTER)
  make('c', 'ada', CHAPTER)
  make('c', 'ada-2', CHAPTER)
  expect(names(await read(at('a'), at('b'), at('c'), at('a')))).toEqual([
    'Ada',
    'Ada-3',
    'ada-4',
    'ada-2',
  ])
})

test('a path is read as it is meant: a trailing slash, dots, relative', async () => {
  make('ada', CHAPTER)
  const due = await read(at('ada'))
  expect(await read(`${at('ada')}/`)).toEqual(due)
  expect(await read(`${folder}/./ada/../ada`)).toEqual(due)
  expect(await read(path.relative(process.cwd(), at('ada')))).toEqual(due)
})

test('what cannot be read is one row that says why, never thrown', async () => {
  make('empty')
  fs.writeFileSync(at('file.txt'), '')
  fs.symlinkSync(at('nowhere'), at('dangling'))
  fs.symlinkSync(at('loop'), at('loop'))
  execFileSync('mkfifo', [at('pipe.zip'), at('pipe.csv')])
  expect(await read(at('gone'))).toMatchObject([{ name: 'gone', path: at('gone') }])
  expect(await reason(at('gone'))).toBe(`there is nothing at ${at('gone')}`)
  expect(await reason(at('dangling'))).toBe(`there is nothing at ${at('dangling')}`)
  expect(await reason(at('loop'))).toBe('it cannot be read: ELOOP')
  expect(await reason(at('file.txt', 'inside'))).toBe('it cannot be read: ENOTDIR')
  expect(await reason(at('x'.repeat(300)))).toBe('it cannot be read: ENAMETOOLONG')
  expect(await reason(at('a\0b'))).toMatch(/^it cannot be read: /)
  expect(await reason(at('file.txt'))).toMatch(/^it is neither a folder nor a \.zip/)
  expect(await reason(at('pipe.zip'))).toBe('it is neither a folder nor a regular file')
  expect(await reason(at('pipe.csv'))).toBe('it is neither a folder nor a regular file')
  expect(await reason(at('empty'))).toMatch(/neither exercises\/ nor a chapter folder/)
})

test('a folder that one may not look into is one row', async () => {
  make('class', 'ada', CHAPTER)
  make('class', 'bob')
  fs.chmodSync(at('class', 'bob'), 0)
  const module = pathToFileURL(path.join(root, 'grader/class/read.ts')).href
  const code = `const { readSubmissions } = await import(${JSON.stringify(module)})
    console.log(JSON.stringify(await readSubmissions([${JSON.stringify(at('class'))}], '/')))`
  const command = [process.execPath, '--input-type=module', '-e', code]
  // root may look into everything, unless it gives that up
  const isRoot = process.getuid?.() === 0
  const drop = ['setpriv', '--bounding-set=-dac_override,-dac_read_search']
  const [program = '', ...args] = isRoot ? [...drop, ...command] : command
  expect(JSON.parse(execFileSync(program, args, { encoding: 'utf8' }))).toEqual([
    { name: 'ada', path: at('class', 'ada'), base: at('class', 'ada') },
    {
      name: 'bob',
      path: at('class', 'bob'),
      message: `you are not allowed to read ${at('class', 'bob')} (EACCES)`,
    },
  ])
})

test('a link is not followed out of a submission', async () => {
  make('bob', 'exercises', CHAPTER)
  make('ada')
  fs.symlinkSync(at('bob', 'exercises'), at('ada', 'exercises'))
  expect(await reason(at('ada'))).toBe(
    'its exercises/ is a link that leads out of it; hand in the folder itself',
  )
  make('eve', 'work', CHAPTER)
  fs.symlinkSync('work', at('eve', 'exercises'))
  expect(await read(at('eve'))).toMatchObject([{ base: at('eve', 'exercises') }])
  make('dan')
  fs.symlinkSync(at('bob', 'exercises', CHAPTER), at('dan', CHAPTER))
  make('fay')
  fs.writeFileSync(at('fay', CHAPTER), '')
  make('gus', CHAPTER)
  fs.symlinkSync('nowhere', at('gus', 'exercises'))
  expect(await reason(at('dan'))).toMatch(/neither exercises/)
  expect(await reason(at('fay'))).toMatch(/neither exercises/)
  expect(await read(at('gus'))).toMatchObject([{ base: at('gus') }])
})

test('exercises/ without a chapter does not hide chapter folders beside it', async () => {
  make('ada', 'exercises')
  make('ada', CHAPTER)
  expect(await read(at('ada'))).toMatchObject([{ base: at('ada') }])
})

test('an archive is read with its submission at the top or in one folder, and junk left out', async () => {
  const junk = [
    'node_modules/.bin/x',
    '__MACOSX/._main.ts',
    '.git/config',
    `${CHAPTER}/.DS_Store`,
    `${CHAPTER}/node_modules/big`,
  ]
  const files = [`work/exercises/${MAIN}`, ...junk.map((name) => `work/${name}`)]
  writeZip(at('ada.ZIP'), [
    { name: 'work/' },
    ...files.map((name) => ({ name, content: name })),
    { name: 'work/node_modules/.bin/link', content: '/etc/passwd', mode: 0o120777 },
  ])
  await writeTar(at('bob.tar.gz'), [
    { name: './', type: 'directory' },
    { name: `./${CHAPTER}`, type: 'directory' },
    { name: `./${MAIN}`, content: 'bob' },
    { name: './node_modules/.bin/tsx', type: 'symlink', linkname: '/etc/passwd' },
    { name: './node_modules/big', content: 'x'.repeat(100_000) },
    { name: `./${CHAPTER}/${'long/'.repeat(50)}name.ts`, content: '' },
  ])
  const [ada, bob] = await read(at('ada.ZIP'), at('bob.tar.gz'))
  expect(ada).toMatchObject({ name: 'ada', path: at('ada.ZIP') })
  expect(bob).toMatchObject({ name: 'bob', path: at('bob.tar.gz') })
  expect([program(ada), program(bob)]).toEqual([`work/exercises/${MAIN}`, 'bob'])
  const kept = fs
    .readdirSync(workspace, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
  expect(kept.map(({ name }) => name).sort()).toEqual(['main.ts', 'main.ts', 'name.ts'])
})

test('zips as Windows writes them: backslashes, names in GBK, no modes', async () => {
  // 誠 in GBK: its second byte is a backslash to whoever does not know GBK
  const gbk = Buffer.from([0xd5, 0x5c])
  const member = Buffer.concat([gbk, Buffer.from(`\\exercises\\${MAIN.replaceAll('/', '\\')}`)])
  const folders = Buffer.concat([gbk, Buffer.from('\\')])
  writeZip(at('win.zip'), [
    { name: folders, flags: 0, mode: 0, method: 0 },
    { name: member, flags: 0, mode: 0, content: 'windows' },
  ])
  const [found] = await read(at('win.zip'))
  expect(program(found)).toBe('windows')
  expect(found?.base).toContain('誠')
})

const good: ZipMember = { name: MAIN, content: 'mine' }

test.for<[string, ZipMember[], RegExp]>([
  ['slip', [good, { name: '../../evil', content: 'x' }], /^the path “..\/..\/evil” in it leads/],
  ['windows slip', [good, { name: 'a\\..\\..\\evil' }], /leads out of it$/],
  ['slip in junk', [good, { name: 'node_modules/../../evil' }], /leads out of it$/],
  ['absolute', [good, { name: '/tmp/evil' }], /leads out of it$/],
  ['drive', [good, { name: 'C:/evil' }], /leads out of it$/],
  ['nul', [good, { name: 'a\0b' }], /“a\\u0000b” in it leads out/],
  ['link', [good, { name: 'l', content: '/etc', mode: 0o120777 }], /is a symbolic link; hand in/],
  ['fifo', [good, { name: 'f', mode: 0o010644 }], /“f” in it is a FIFO/],
  ['device', [good, { name: 'd', mode: 0o020644 }], /“d” in it is a device/],
  ['encrypted', [{ ...good, flags: 0x801 }], /^it is encrypted; hand it in without a password$/],
  ['strong', [{ ...good, flags: 0x841 }], /^it is encrypted/],
  ['method', [{ ...good, method: 12 }], /packed by an unusual method \(12\)/],
  ['checksum', [{ ...good, crc: 1 }], /broken \(the checksum of “.*main.ts” is wrong\)/],
  ['lying size', [{ ...good, size: 1 }], /broken \(.*too many bytes/],
  ['twice', [good, good], /^it holds “.*” and “.*”: which one counts\?$/],
  ['case', [good, { ...good, name: MAIN.replace('main', 'Main') }], /Main\.ts” and .*which one/],
  ['folder case', [good, { name: MAIN.replace('tcp', 'TCP') }], /one folder in two cases$/],
  ['file and folder', [good, { name: `${MAIN}/x` }], /which one counts\?$/],
  ['archive', [{ name: 'x.zip', content: 'PK' }], /^it holds another archive; hand in that one$/],
  [
    'many',
    ['a', 'b'].map((name) => ({ name: `${name}/${MAIN}` })),
    /several submissions \(“a”, “b”/,
  ],
  ['nothing', [{ name: 'notes.txt', content: 'x' }], /^it holds neither exercises\//],
  ['no entries', [], /^it holds neither exercises\//],
  ['long name', [good, { name: 'x'.repeat(300) }], /ENAMETOOLONG/],
  ['big file', [{ ...good, content: Buffer.alloc(LIMITS.fileBytes + 1) }], /larger than 10 MB$/],
  [
    'bomb',
    Array.from({ length: 6 }, (_, i) => ({ name: `${i}`, content: Buffer.alloc(9.9 * 2 ** 20) })),
    /^it unpacks to more than 50 MB$/,
  ],
  [
    'many entries',
    Array.from({ length: LIMITS.entries + 1 }, (_, i) => ({ name: `d/${i}/`, method: 0 })),
    /^it holds more than 5000 files and folders$/,
  ],
])('a zip is refused: %s', async ([name, members, due]) => {
  const file = at(`${name}.zip`)
  writeZip(file, members)
  expect(await reason(file)).toMatch(due)
  expect(fs.readdirSync(workspace)).toEqual([])
  expect(fs.readdirSync(os.tmpdir())).not.toContain('evil')
})

test('a tar is refused for what it holds', async () => {
  const main = { name: MAIN, content: 'mine' }
  const due: [Parameters<typeof writeTar>[1][number], RegExp][] = [
    [{ name: '../evil', content: '' }, /^the path “..\/evil” in it leads out of it$/],
    [{ name: '/tmp/evil', content: '' }, /leads out of it$/],
    [{ name: 'l', type: 'symlink', linkname: '/etc/passwd' }, /is a symbolic link/],
    [{ name: 'l', type: 'link', linkname: MAIN }, /is a hard link/],
    [{ name: 'f', type: 'fifo' }, /is a FIFO/],
    [{ name: 'd', type: 'character-device', devmajor: 1, devminor: 5 }, /is a device/],
    [{ name: 'd', type: 'block-device' }, /is a device/],
    [{ name: MAIN, content: 'again' }, /which one counts/],
    [{ name: 'big', content: Buffer.alloc(LIMITS.fileBytes + 1) }, /larger than 10 MB$/],
  ]
  for (const [member, message] of due) {
    await writeTar(at('a.tgz'), [main, member])
    expect(await reason(at('a.tgz'))).toMatch(message)
  }
  expect(fs.readdirSync(workspace)).toEqual([])
})

test('a broken or misnamed archive says what it is', async () => {
  await writeTar(at('good.tgz'), [{ name: MAIN, content: Buffer.from(zlib.gzipSync('x')) }])
  writeZip(at('good.zip'), [good])
  const tgz = fs.readFileSync(at('good.tgz'))
  const zip = fs.readFileSync(at('good.zip'))
  const tar = zlib.gunzipSync(tgz)
  const due: [string, Buffer, RegExp][] = [
    ['cut.tgz', tgz.subarray(0, -20), /^it is cut short/],
    ['cut-within.tgz', zlib.gzipSync(tar.subarray(0, 700)), /^it is cut short/],
    ['flipped.tgz', Buffer.from(tgz).fill(0xff, 20, 40), /^its tar archive is broken/],
    ['text.tgz', zlib.gzipSync('no tar at all'.repeat(100)), /^its tar archive is broken/],
    ['plain.tgz', tar, /^it is no tar\.gz archive, whatever its name says$/],
    ['zip.tar.gz', zip, /^it is named \.tar\.gz but is a \.zip; give it its right name$/],
    ['cut.zip', zip.subarray(0, -10), /^it is cut short, or no zip archive at all/],
    ['head.zip', zip.subarray(0, 40), /^it is cut short, or no zip archive at all/],
    ['hole.zip', Buffer.concat([zip.subarray(0, 30), zip.subarray(40)]), /broken|cut short/],
    ['tgz.zip', tgz, /^it is named \.zip but is a \.tar\.gz/],
    ['word.zip', Buffer.from('hello'), /^it is no zip archive/],
    ['empty.zip', Buffer.alloc(0), /^it is an empty file$/],
  ]
  for (const [name, bytes, message] of due) {
    fs.writeFileSync(at(name), bytes)
    expect(await reason(at(name)), name).toMatch(message)
  }
  expect(fs.readdirSync(workspace)).toEqual([])
})

test('a .csv lists names and paths', async () => {
  make('work', 'ada', CHAPTER)
  writeZip(at('work', 'bob.zip'), [{ ...good, content: 'bob' }])
  const csv = [
    'Name,email,path',
    '"Lovelace, Ada",a@x,work/ada',
    'Bob,b@x,work/bob.zip',
    ' Eve ,e@x, work/bob.zip',
    '',
    'Gone,g@x,work/gone',
    ',n@x,work/ada',
    'Nowhere,n@x,',
  ]
  fs.writeFileSync(at('class.csv'), `\ufeff${csv.join('\r\n')}\r\n`)
  const found = await read(at('class.csv'))
  expect(found.map(({ name, message }) => (message ? `${name}: ${message}` : name))).toEqual([
    'Lovelace, Ada',
    'Bob',
    'Eve',
    `Gone: there is nothing at ${at('work/gone')}`,
    'class.csv line 7: its line has no name',
    'Nowhere: class.csv line 8 has no path for it',
  ])
  expect(found[1]).toMatchObject({ path: at('work', 'bob.zip') })
  expect(program(found[1])).toBe('bob')
  // as a spreadsheet writes it in China
  fs.writeFileSync(
    at('class.csv'),
    Buffer.concat([
      Buffer.from('name,path\n'),
      Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]),
      Buffer.from(',work/ada\n'),
    ]),
  )
  expect(names(await read(at('class.csv')))).toEqual(['张三'])
})

test.for([
  ['', /^it lists nobody below its header line$/],
  ['name,path\n', /^it lists nobody below its header line$/],
  ['name;path\nada;work', /^its first line is to be “name,path”, not “name;path”$/],
  ['ada,work/ada', /not “ada,work\/ada”$/],
  ['name,path\nada,work,more', /^it is no proper CSV: .*line 2/],
  ['name,path\n"ada,work', /^it is no proper CSV: .*line 2/],
] as const)('a .csv is refused: %j', async ([text, due]) => {
  fs.writeFileSync(at('class.csv'), text)
  expect(await read(at('class.csv'))).toMatchObject([
    { name: 'class.csv', path: at('class.csv'), message: expect.stringMatching(due) },
  ])
})

test('a student’s file lies where the course’s own does', () => {
  const [exercise] = exercises
  if (!exercise) throw new Error('course.ts lists no exercise')
  expect(submittedFile('/base', exercise)).toBe(
    path.join('/base', exercise.chapter.id, exercise.id, 'main.ts'),
  )
})
