/** Whether two reports of the same class say the same. */
import { readCauses } from '../../../grader/verdict/causes.ts'
import type { Exercise, Report, Test } from '../../../grader/verdict/result.ts'
import type { Program } from './make.ts'

/**
 * The programs of which two reports differ by more than what is measured, each in a line. How a known
 * mistake fails may hang on time (its causes.json says where): there two runs differ, resumed or not, and
 * `varying` counts them.
 */
export function differences(
  programs: readonly Program[],
  one: Report,
  other: Report,
): { different: string[]; varying: number } {
  const different: string[] = []
  let varying = 0
  for (const program of programs) {
    const [a, b] = [one, other].map((report) => resultOf(report, program))
    if (steady(a) === steady(b)) continue
    const due = determined(program)
    const [first, second] = [a, b].map((result) => result?.tests.filter(({ name }) => due(name)))
    if (a?.status === b?.status && steady(first?.map(said)) === steady(second?.map(said)))
      varying += 1
    else different.push(`${program.student} ${program.exercise.id} differs from run to run`)
  }
  return { different, varying }
}

function resultOf({ submissions }: Report, { student, exercise }: Program): Exercise | undefined {
  const submission = submissions.find(({ name }) => name === student)
  return submission?.exercises.find(({ id }) => id === exercise.id)
}

/** Which tests of a program come out the same in every run. */
function determined({ exercise, mistake }: Program): (test: string) => boolean {
  const cause = mistake && readCauses(exercise)[mistake]
  return (name) => !cause || (name in cause.signs && !cause.varies?.includes(name))
}

/** What a test says but for its transcript, in which bytes are cut as they happened to come. */
function said({ wire: _, ...test }: Test) {
  return test
}

/** Times, ports that the system gives, and what a test measures of memory and of the kernel's buffers. */
const MEASURED =
  /\d+\.\d{3}\b|\b[3-6]\d{4}\b|\d{4}-\d\d-\d\dT[\d:.]+Z|(?<=grew by )\d+|(?<=only )\d+(?= of)/g

/** As a text, without what is measured. */
function steady(value: unknown): string | undefined {
  return JSON.stringify(value, (key, part) => {
    if (key === 'durationMs') return undefined
    if (typeof part !== 'string') return part
    return part.replace(MEASURED, '·')
  })
}
