import fs from 'node:fs'
import path from 'node:path'
import type { ExerciseInfo } from '../manifest.ts'

/** A wrong program that the course keeps, and what its header says of it. */
export type Mistake = {
  name: string
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

/** The mistakes of an exercise, by name. Throws when a header lacks a line. */
export function mistakesOf(exercise: ExerciseInfo): Mistake[] {
  if (!fs.existsSync(exercise.mistakes)) return []
  return fs
    .readdirSync(exercise.mistakes)
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => read(path.join(exercise.mistakes, name)))
}

function read(file: string): Mistake {
  const source = fs.readFileSync(file, 'utf8')
  const field = (name: string) => {
    const found = new RegExp(`^// ${name}: (.+)$`, 'm').exec(source)
    if (!found?.[1]) throw new Error(`${file}: its header has no line "// ${name}: …"`)
    return found[1].trim()
  }
  const catalogue = Number(field('catalogue'))
  return {
    name: path.basename(file, '.ts'),
    file,
    bug: field('bug'),
    catalogue: catalogue || undefined,
    fails: field('fails'),
    lesson: field('lesson'),
  }
}
