/** A class to grade, made from what the course has, so that it is known what each verdict must be. */
import fs from 'node:fs'
import path from 'node:path'
import { type ExerciseInfo, exercises } from '../../../grader/manifest.ts'
import { assemble, mistakesOf } from '../../../grader/verdict/mistakes.ts'
import type { Exercise, Report } from '../../../grader/verdict/result.ts'
import { Random } from '../../../grader/wire/random.ts'

/** The seed of the class, and of its inputs: with this one each mistake is known to be caught. */
export const SEED = 'golden'

/** Of eight programs, how many are right and how many are known mistakes; the others are untouched stubs. */
const [SOLUTIONS, MISTAKES] = [4, 3]

export type Kind = 'solution' | 'mistake' | 'stub'

export type Program = {
  student: string
  exercise: ExerciseInfo
  kind: Kind
  /** of a mistake: its name, and the hidden test that must fail */
  mistake?: string
  fails?: string
  file: string
}

/** Submissions of all `chosen` exercises below `folder`. No two programs are the same, but for stubs. */
export function makeClass(
  folder: string,
  students: number,
  chosen: readonly ExerciseInfo[] = exercises,
): Program[] {
  const random = new Random(SEED, 'class')
  const scratch = fs.mkdtempSync(path.join(path.dirname(folder), 'assembled-'))
  const known = new Map(chosen.map((exercise) => [exercise, mistakesOf(exercise)]))
  const programs = Array.from({ length: students }, (_, i) => {
    const student = `student-${String(i + 1).padStart(4, '0')}`
    return chosen.map((exercise): Program => {
      const drawn = random.int(1, 8)
      const mistake =
        drawn > SOLUTIONS && drawn <= SOLUTIONS + MISTAKES
          ? random.pick(known.get(exercise) ?? [])
          : undefined
      const kind = drawn <= SOLUTIONS ? 'solution' : mistake ? 'mistake' : 'stub'
      const place = path.join(folder, student, exercise.place)
      const file = path.join(place, 'main.ts')
      if (mistake) copy(assemble(exercise, mistake, scratch), place, exercise)
      else copy(kind === 'solution' ? exercise.solution : exercise.stub, place, exercise)
      if (kind !== 'stub') fs.appendFileSync(file, `\n// ${student}\n`)
      return {
        student,
        exercise,
        kind,
        file,
        ...(mistake && { mistake: mistake.name, fails: mistake.fails }),
      }
    })
  })
  fs.rmSync(scratch, { recursive: true })
  return programs.flat()
}

/** A program that is one file among others of its kind is copied alone, any other with its folder. */
function copy(main: string, place: string, { mistakes }: ExerciseInfo): void {
  fs.mkdirSync(place, { recursive: true })
  if (path.dirname(main) === mistakes) fs.copyFileSync(main, path.join(place, 'main.ts'))
  else fs.cpSync(path.dirname(main), place, { recursive: true })
}

/** The programs whose verdict is not what it must be, each in a line. */
export function wrongVerdicts(programs: readonly Program[], report: Report): string[] {
  const results = new Map(
    report.submissions.flatMap(({ name, exercises }) =>
      exercises.map((result): [string, Exercise] => [`${name} ${result.id}`, result]),
    ),
  )
  return programs.flatMap((program) => {
    const name = `${program.student} ${program.exercise.id}`
    const result = results.get(name)
    if (result && isRight(program, result)) return []
    return `${name}: a ${program.kind} came to ${result ? result.status : 'nothing'}`
  })
}

function isRight({ kind, fails }: Program, { status, tests }: Exercise): boolean {
  if (kind === 'solution') return status === 'pass'
  if (kind === 'stub') return status === 'missing'
  const named = tests.find(({ name }) => name === fails)
  return status === 'fail' && named !== undefined && named.status !== 'pass'
}
