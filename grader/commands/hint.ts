import type { ExerciseInfo } from '../manifest.ts'
import { updateProgress } from '../progress.ts'
import { wrap } from '../report/wrap.ts'
import { hints, plain } from '../task.ts'

/** Prints the hints shown so far and one more. */
export function hint(exercise: ExerciseInfo): number {
  console.log(wrap(nextHint(exercise)))
  return 0
}

/** One hint more than last time, with those before it; all of them once they are used up. */
export function nextHint(exercise: ExerciseInfo): string {
  const all = hints(exercise)
  const progress = updateProgress((progress) => {
    progress.hints[exercise.id] = Math.min(all.length, (progress.hints[exercise.id] ?? 0) + 1)
  })
  const shown = progress.hints[exercise.id] ?? 0
  const lines = all
    .slice(0, shown)
    .map((text, i) => `hint ${i + 1} of ${all.length}\n${plain(text)}\n`)
  if (shown === all.length) lines.push(`That was the last one. The task: ${exercise.readme}`)
  return lines.join('\n')
}
