import path from 'node:path'
import { BadCall } from '../exit.ts'
import { interruptible } from '../interrupt.ts'
import { type ExerciseInfo, exercises } from '../manifest.ts'
import { updateProgress } from '../progress.ts'
import { verdictText } from '../report/verdict-text.ts'
import { Runner } from '../verdict/run.ts'

/** Grades exercises once. 0 when all pass, 1 when not, 3 when the grader failed. */
export async function check(
  chosen: ExerciseInfo[],
  options: { seed?: string; file?: string },
): Promise<number> {
  if (options.file && chosen.length !== 1)
    throw new BadCall('--file goes with exactly one exercise id')
  const runner = new Runner()
  const statuses = new Set<string>()
  const gradeAll = async () => {
    for (const exercise of chosen.length > 0 ? chosen : exercises) {
      const file = options.file ? path.resolve(options.file) : exercise.main
      const verdict = await runner.run(exercise, {
        file,
        ...(options.seed && { seed: options.seed }),
      })
      console.log(`${verdictText(exercise, verdict)}\n`)
      statuses.add(verdict.status)
      if (verdict.status === 'pass' && !options.file) markPassed(exercise)
    }
  }
  await interruptible(gradeAll, () => runner.close())
  if (statuses.has('error')) return 3
  return statuses.size === 1 && statuses.has('pass') ? 0 : 1
}

/** Notes when an exercise was first passed. */
export function markPassed({ id }: ExerciseInfo): void {
  updateProgress(({ passed }) => {
    passed[id] ??= new Date().toISOString()
  })
}
