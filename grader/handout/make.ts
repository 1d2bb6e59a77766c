import fs from 'node:fs'
import path from 'node:path'
import { course } from '../../course.ts'
import { BadCall } from '../exit.ts'
import { type ExerciseInfo, exercises, root } from '../manifest.ts'
import { causesFile } from '../verdict/causes.ts'
import { seal, sealOf } from '../verdict/seal.ts'
import { writePackage } from './package.ts'
import { fingerprint, isHandout, writeRecord } from './record.ts'
import { collectTitles, compileSuite } from './suites.ts'

/** What students get as it lies in the course. */
const OPEN = [
  '.devcontainer',
  '.editorconfig',
  '.gitattributes',
  '.gitignore',
  '.vscode',
  'CHANGELOG.md',
  'LICENSE',
  'course.ts',
  'grader',
  'lessons',
  'site',
  'test/harness',
  'test/stubs',
  'tsconfig.json',
]

/** What lies in these places and is nobody's to hand out. */
const LEFT_OUT = [
  /(^|\/)node_modules$/,
  /(^|\/)\.course$/,
  /^site\/dist$/,
  /\.test\.ts$/,
  /\.backup-/,
]

/** The titles of the hidden tests, which the lesson site shows. */
export const TITLES = 'test/hidden/titles.json'

/** What a handout came to. */
export type Made = { files: number; bytes: number; sealed: number }

/**
 * Makes the students' repository in `folder`, which appears whole or not at all. Throws BadCall when
 * something is there already, or it cannot be made.
 */
export async function makeHandout(folder: string): Promise<Made> {
  if (isHandout(root)) {
    throw new BadCall(
      `${root} is itself a handout, without solutions and open tests; make handouts from the course`,
    )
  }
  if (!isFree(folder)) {
    throw new BadCall(`${folder} is there and is no empty folder; name a new place for the handout`)
  }
  const making = `${folder}.making-${process.pid}`
  try {
    fs.mkdirSync(making, { recursive: true })
    await fill(making)
    const files = filesBelow(making)
    writeRecord(making, {
      format: 1,
      course: course.id,
      version: version(),
      files: record(making, files),
    })
    // An empty folder gives way to the new one; one that was filled meanwhile does not.
    fs.renameSync(making, folder)
    const bytes = files.reduce((sum, file) => sum + fs.statSync(path.join(folder, file)).size, 0)
    return { files: files.length, bytes, sealed: exercises.length }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (!code || error instanceof BadCall) throw error
    throw new BadCall(`the handout could not be written to ${folder}: ${message}`)
  } finally {
    fs.rmSync(making, { recursive: true, force: true })
  }
}

async function fill(folder: string): Promise<void> {
  for (const name of OPEN) copy(path.join(root, name), path.join(folder, name))
  const own = path.join(folder, 'grader/handout/README.md')
  fs.renameSync(own, path.join(folder, 'README.md'))
  for (const exercise of exercises) {
    const place = path.join(folder, 'exercises', exercise.place)
    copy(path.dirname(exercise.stub), place)
    copy(exercise.readme, path.join(place, 'README.md'))
    await sealSuite(exercise, folder)
  }
  const titles = await collectTitles(exercises)
  fs.writeFileSync(path.join(folder, TITLES), `${JSON.stringify(titles, null, 2)}\n`)
  writePackage(folder)
}

async function sealSuite(exercise: ExerciseInfo, folder: string): Promise<void> {
  const put = (file: string, text: string) => {
    const place = sealOf(path.join(folder, path.relative(root, file)))
    fs.mkdirSync(path.dirname(place), { recursive: true })
    fs.writeFileSync(place, seal(text))
  }
  put(exercise.hidden, await compileSuite(exercise))
  const causes = causesFile(exercise)
  if (fs.existsSync(causes)) put(causes, fs.readFileSync(causes, 'utf8'))
}

function copy(from: string, to: string): void {
  if (!fs.existsSync(from)) return
  const isWanted = (file: string) => {
    const name = path.relative(root, file).replaceAll(path.sep, '/')
    return !LEFT_OUT.some((pattern) => pattern.test(name))
  }
  fs.cpSync(from, to, { recursive: true, filter: isWanted })
}

function isFree(folder: string): boolean {
  const stat = fs.statSync(folder, { throwIfNoEntry: false })
  return !stat || (stat.isDirectory() && fs.readdirSync(folder).length === 0)
}

function version(): string {
  return JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).version
}

function record(folder: string, files: string[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file, fingerprint(path.join(folder, file)) ?? '']))
}

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((file) => file.replaceAll(path.sep, '/'))
    .sort()
}
