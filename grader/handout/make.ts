import fs from 'node:fs'
import path from 'node:path'
import { course } from '../../course.ts'
import { BadCall } from '../exit.ts'
import { interruptible } from '../interrupt.ts'
import { type ExerciseInfo, exercises, root } from '../manifest.ts'
import { causesFile } from '../verdict/causes.ts'
import { seal, sealOf } from '../verdict/seal.ts'
import { copy, copyOpen, filesBelow } from './contents.ts'
import { writePackage } from './package.ts'
import { fingerprint, isHandout, writeRecord } from './record.ts'
import { collectTitles, compileSuite } from './suites.ts'

/** The titles of the hidden tests, which the lesson site shows (site/content/hidden-tests.ts). */
const TITLES = 'test/hidden/titles.json'

/** What a handout came to. */
export type Made = { files: number; bytes: number }

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
  const making = `${folder}.making-${process.pid}`
  const make = async (): Promise<Made> => {
    if (!isFree(folder)) {
      throw new BadCall(
        `${folder} is there and is no empty folder; name a new place for the handout`,
      )
    }
    fs.mkdirSync(making, { recursive: true })
    await fill(making)
    const files = filesBelow(making)
    writeRecord(making, {
      format: 1,
      course: course.id,
      version: version(),
      files: prints(making, files),
    })
    const bytes = files.reduce((sum, file) => sum + fs.statSync(path.join(making, file)).size, 0)
    // An empty folder gives way to the new one; one that was filled meanwhile does not.
    fs.renameSync(making, folder)
    return { files: files.length, bytes }
  }
  const cleanUp = async () => fs.rmSync(making, { recursive: true, force: true })
  return interruptible(make, cleanUp).catch((error: NodeJS.ErrnoException) => {
    if (!error.syscall) throw error
    throw new BadCall(`the handout could not be written to ${folder}: ${error.message}`)
  })
}

function isFree(folder: string): boolean {
  const stat = fs.statSync(folder, { throwIfNoEntry: false })
  return !stat || (stat.isDirectory() && fs.readdirSync(folder).length === 0)
}

async function fill(folder: string): Promise<void> {
  copyOpen(folder)
  fs.copyFileSync(path.join(import.meta.dirname, 'README.md'), path.join(folder, 'README.md'))
  for (const exercise of exercises) {
    const place = path.join(folder, 'exercises', exercise.place)
    copy(path.dirname(exercise.stub), place)
    copy(exercise.readme, path.join(place, 'README.md'))
    await sealTests(exercise, folder)
  }
  const titles = await collectTitles(exercises)
  fs.writeFileSync(path.join(folder, TITLES), `${JSON.stringify(titles, null, 2)}\n`)
  writePackage(folder)
}

/** Puts the suite, and the causes that failures in it have, under their seals. */
async function sealTests(exercise: ExerciseInfo, folder: string): Promise<void> {
  const put = (file: string, text: string) => {
    const place = sealOf(path.join(folder, path.relative(root, file)))
    fs.mkdirSync(path.dirname(place), { recursive: true })
    fs.writeFileSync(place, seal(text))
  }
  put(exercise.hidden, await compileSuite(exercise))
  const causes = causesFile(exercise)
  if (fs.existsSync(causes)) put(causes, fs.readFileSync(causes, 'utf8'))
}

function version(): string {
  return JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).version
}

function prints(folder: string, files: string[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file, fingerprint(path.join(folder, file)) ?? '']))
}
