/** What stands in a beginner's way before anything works: each is told in a sentence that says what to do. */
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { exercises, root } from '../../grader/manifest.ts'
import { CourseCopy } from './course-copy.ts'

const [first] = exercises
if (!first) throw new Error('the course has no exercise')
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'troubles '))
fs.cpSync(path.join(root, 'grader/course.js'), path.join(folder, 'grader/course.js'))
fs.writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}')
const node = path.join(folder, 'node_modules/node')
const copy = new CourseCopy()
afterAll(async () => {
  fs.rmSync(folder, { recursive: true, force: true })
  await copy.remove()
})

/** `npm start` on another Node than the course's own, as npm runs it where that one is not there. */
function start(): Promise<{ code: unknown; stderr: string }> {
  return new Promise((resolve) => {
    const command = [path.join(folder, 'grader/course.js'), 'start']
    execFile(process.execPath, command, (error, _stdout, stderr) =>
      resolve({ code: error?.code, stderr }),
    )
  })
}

test('without npm ci, with half of it, and with a Node of another machine', async () => {
  const told = async (sentence: string) =>
    expect(await start()).toMatchObject({ code: 2, stderr: expect.stringContaining(sentence) })
  await told(`its packages are not installed in ${folder}. Run \`npm ci\` there`)
  fs.mkdirSync(path.join(folder, 'node_modules'))
  await told('Run `npm ci --include=dev` there')
  fs.mkdirSync(path.join(node, 'bin'), { recursive: true })
  await told('Run `npm ci --ignore-scripts=false` there with a network')
  // A program for nobody: what the system calls it differs, what to do does not.
  const bytes = Buffer.from('\x7fELF\x02\x01\x01', 'latin1')
  fs.writeFileSync(path.join(node, 'bin/node'), bytes, { mode: 0o755 })
  await told('does not run on this machine')
  expect((await start()).stderr).toMatch(/^course: .*Run `npm ci` here, then try again\.\n$/m)
})

/** A system that has no more watches to give, as one does that watches a large project elsewhere. */
const NO_WATCHES =
  'import fs from "node:fs"; fs.watch = () => { throw Object.assign(new Error("no space"), { code: "ENOSPC" }) }'

test('where progress cannot be written and saves are not reported, grading goes on', async () => {
  // A link to nowhere is read-only for every user, root too.
  fs.symlinkSync('/proc/self/nowhere', copy.path('.course'))
  process.env.NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(NO_WATCHES)}`
  const session = copy.start('start', '--no-site')
  delete process.env.NODE_OPTIONS
  await session.until(/What you pass will be forgotten at the end, for \.course cannot be written/)
  fs.copyFileSync(first.solution, copy.path('exercises', first.place, 'main.ts'))
  const shown = await session.until(/^next .*$/m)
  expect(shown).toContain(`${first.id} is passed with all its`)
  session.child.kill('SIGTERM')
  const hint = await copy.run('hint', first.id)
  expect(hint).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be written') })
})
