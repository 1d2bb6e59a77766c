import fs from 'node:fs'
import path from 'node:path'
import { type Zippable, zipSync } from 'fflate'
import { BadCall } from '../exit.ts'
import { type ExerciseInfo, root } from '../manifest.ts'

/** What grading takes of the course. */
const COURSE = ['course.ts', 'package.json', 'package-lock.json', 'grader', 'test']

/** What it does not take: the project's own tests, and of the mistakes all but how they fail. */
const LEFT_OUT = /^test\/(?!hidden\/|harness\/|stubs\/|mistakes\/.*\/causes\.json$)/

const scripts = path.join(root, 'grader/gradescope')

/** The external attributes of a zip's entry on UNIX: a regular file that all may run. */
const RUNNABLE = { os: 3, attrs: 0o100755 * 0x10000 }

/**
 * Writes an autograder for Gradescope: a zip with setup.sh and run_autograder at its top, as
 * https://gradescope-autograders.readthedocs.io/en/latest/specs/ asks for, and the course in course/.
 */
export function gradescope(out: string, options: { exercise?: ExerciseInfo[] }): number {
  if (!out.endsWith('.zip'))
    throw new BadCall(`Gradescope takes a .zip, and “${out}” does not end so`)
  if (fs.existsSync(out))
    throw new BadCall(`${out} is there already; remove it or choose another name`)
  const chosen = options.exercise ?? []
  const files: Zippable = {
    exercises: Buffer.from(chosen.map(({ place }) => `${place}\n`).join('')),
  }
  for (const file of filesBelow(scripts)) {
    files[file] = [fs.readFileSync(path.join(scripts, file)), RUNNABLE]
  }
  for (const file of COURSE.flatMap(partOf)) {
    if (!LEFT_OUT.test(file)) files[`course/${file}`] = fs.readFileSync(path.join(root, file))
  }
  try {
    fs.writeFileSync(out, zipSync(files))
  } catch (error) {
    throw new BadCall(`${out} cannot be written: ${(error as NodeJS.ErrnoException).code}`)
  }
  const what = chosen.length > 0 ? chosen.map(({ id }) => id).join(', ') : 'all exercises'
  console.log(`wrote     ${out}: grades ${what}`)
  console.log('next      upload it at Gradescope under Configure Autograder; Ubuntu 22.04 or newer')
  return 0
}

/** The files of one part of the course, from its root. */
function partOf(name: string): string[] {
  const place = path.join(root, name)
  if (!fs.existsSync(place))
    throw new BadCall(`the autograder needs ${place}, and it is not there; use a whole course`)
  return fs.statSync(place).isFile() ? [name] : filesBelow(place).map((file) => `${name}/${file}`)
}

/** The files below a folder, with `/` between the parts of their paths. */
function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
    .map((file) => file.replaceAll(path.sep, '/'))
}
