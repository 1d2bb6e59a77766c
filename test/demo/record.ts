/**
 * Records a session of `npm start` under a pseudo-terminal, from the first page to the first green, and
 * writes it as session.cast (asciinema) and session.svg (README): `npm run demo`.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { exercises, root } from '../../grader/manifest.ts'
import { CourseCopy } from '../grader/course-copy.ts'
import { Terminal } from '../grader/terminal.ts'
import { type CastEvent, castFile, paced } from './cast.ts'
import { svgOf } from './svg.ts'

const [first] = exercises
if (!first) throw new Error('the course has no exercise')
const attempt = path.join(first.mistakes, 'waits-for-the-server.ts')

const copy = new CourseCopy('site', 'solutions')
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'demo-'))
// Its path is to be read in the picture. Only an empty folder is replaced.
const folder = path.join(os.tmpdir(), 'socket-course')
fs.renameSync(copy.folder, folder)
const save = (file: string) =>
  fs.copyFileSync(file, path.join(folder, 'exercises', first.place, 'main.ts'))

const size = { columns: 80, rows: 26 }
const events: CastEvent[] = []
const began = performance.now()
const now = () => (performance.now() - began) / 1000
const tell = (words: string) => events.push([now(), 'm', words])
const terminal = new Terminal('sh', [], {
  ...size,
  cwd: folder,
  env: { ...bare(), HOME: home, PS1: '$ ', NO_COLOR: undefined, FORCE_COLOR: undefined },
  onOutput: (data) => events.push([now(), 'o', data]),
})
const seen = (words: string) => terminal.until(({ rows }) => rows.join(' ').includes(words))

await seen('$')
for (const key of 'npm start') {
  terminal.type(key)
  await terminal.until(({ output }) => output.endsWith(key))
}
terminal.type('\r')
await seen('http://127.0.0.1')
tell('npm start says what to do, and waits. Open the file, write, save.')
save(attempt)
await seen('tests passed')
tell('Saved: hidden tests play the server, and show what went over the wire.')
terminal.type('f')
await seen('✗ is not disturbed by a reset that comes after it has left  0/1')
tell('f: the next failure. Both have one cause, the wait for the server’s FIN.')
terminal.type('h')
await seen('hint 1 of')
tell('h: a hint, one more each time.')
save(first.solution)
await seen('is passed')
tell('Saved again: green, and what was learnt. n goes on.')
terminal.type('n')
await seen('listenOn')
tell('The next exercise; 33 are left.')
terminal.type('q')
await seen('goes on from here')
const length = tell('q leaves the terminal as it was.')
terminal.type('exit\r')
await terminal.exited

const cast = paced({
  width: size.columns,
  height: size.rows,
  title: 'npm start: from the first page to the first exercise passed',
  events: events.slice(0, length),
})
const target = path.join(root, 'test/demo/session')
fs.writeFileSync(`${target}.cast`, castFile(cast))
fs.writeFileSync(`${target}.svg`, await svgOf(cast, 'Saved: '))
for (const made of [home, folder]) fs.rmSync(made, { recursive: true, force: true })
for (const kind of ['cast', 'svg'])
  console.log(`${target}.${kind}  ${fs.statSync(`${target}.${kind}`).size} B`)

/** npm's own settings in the environment are no part of a student's session. */
function bare(): Record<string, undefined> {
  const names = Object.keys(process.env).filter((name) => /^npm_/i.test(name))
  return Object.fromEntries(names.map((name) => [name, undefined]))
}
