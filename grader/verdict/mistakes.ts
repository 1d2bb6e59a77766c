import fs from 'node:fs'
import path from 'node:path'
import type { ExerciseInfo } from '../manifest.ts'

/** A wrong program that the course keeps, and what its header says of it. */
export type Mistake = {
  name: string
  /** its one file, or the one with the header of those that take the place of the solution's */
  file: string
  /** one sentence, shown as the likely cause */
  bug: string
  /** the number in the catalogue of mistakes, where it has one */
  catalogue: number | undefined
  /** the title of the hidden test that must catch it */
  fails: string
  /** the section of the chapter's lesson that explains it */
  lesson: string
}

/**
 * The mistakes of an exercise, by name: NAME.ts, a whole main.ts, or a folder NAME of files that take
 * the place of the solution's. Throws when a header lacks a line.
 */
export function mistakesOf(exercise: ExerciseInfo): Mistake[] {
  if (!fs.existsSync(exercise.mistakes)) return []
  return fs
    .readdirSync(exercise.mistakes, { withFileTypes: true })
    .filter((entry) => entry.name.endsWith('.ts') || (entry.isDirectory() && entry.name !== GOLDEN))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => {
      const place = path.join(exercise.mistakes, entry.name)
      return read(entry.isDirectory() ? withHeader(place) : place, path.basename(place, '.ts'))
    })
}

/** The folder beside the mistakes in which their feedback is kept. */
export const GOLDEN = 'golden'

/** The file in which the feedback on a mistake is kept. */
export function goldenFile({ mistakes }: ExerciseInfo, name: string): string {
  return path.join(mistakes, GOLDEN, `${name}.txt`)
}

/**
 * The main.ts of a mistake as a program that runs: as it lies there when it is all there is, else
 * put together in `folder` from the solution's files and its own.
 */
export function assemble(exercise: ExerciseInfo, { name, file }: Mistake, folder: string): string {
  const solution = path.dirname(exercise.solution)
  const others = fs.readdirSync(solution).filter((other) => other !== 'main.ts')
  const isWhole = path.dirname(file) === exercise.mistakes
  if (isWhole && others.length === 0) return file
  const place = path.join(folder, name)
  fs.cpSync(solution, place, { recursive: true })
  if (isWhole) fs.copyFileSync(file, path.join(place, 'main.ts'))
  else fs.cpSync(path.dirname(file), place, { recursive: true })
  return path.join(place, 'main.ts')
}

function withHeader(folder: string): string {
  const files = fs.readdirSync(folder).map((name) => path.join(folder, name))
  const found = files.find((file) => fs.readFileSync(file, 'utf8').startsWith('// bug: '))
  if (!found) throw new Error(`${folder}: none of its files begins with a line "// bug: …"`)
  return found
}

function read(file: string, name: string): Mistake {
  const source = fs.readFileSync(file, 'utf8')
  const field = (name: string) => {
    const found = new RegExp(`^// ${name}: (.+)$`, 'm').exec(source)
    if (!found?.[1]) throw new Error(`${file}: its header has no line "// ${name}: …"`)
    return found[1].trim()
  }
  const catalogue = Number(field('catalogue'))
  return {
    name,
    file,
    bug: field('bug'),
    catalogue: catalogue || undefined,
    fails: field('fails'),
    lesson: field('lesson'),
  }
}
