import { once } from 'node:events'
import colors from 'yoctocolors'
import type { ExerciseInfo } from '../manifest.ts'
import type { Chosen } from './check-tests.ts'
import { watchSaves } from './start-watch.ts'

type Grade = (
  exercise: ExerciseInfo,
  how: { only: string[] | undefined; signal: AbortSignal },
) => Promise<unknown>

/**
 * Grades all that is chosen, then each exercise again whenever it is saved, until an interrupt. A save
 * during a run of the same exercise stops that run and begins anew.
 */
export async function gradeAtEachSave(chosen: Chosen[], grade: Grade): Promise<number> {
  const tests = new Map(chosen)
  const due = new Set(tests.keys())
  let saved = Promise.withResolvers<void>()
  let current: { exercise: ExerciseInfo; running: AbortController } | undefined
  const saves = watchSaves([...tests.keys()], (exercise) => {
    if (current?.exercise === exercise) current.running.abort()
    due.add(exercise)
    saved.resolve()
  })
  const gradeAll = async (): Promise<never> => {
    for (;;) {
      const [exercise] = due
      if (exercise) {
        due.delete(exercise)
        current = { exercise, running: new AbortController() }
        await grade(exercise, { only: tests.get(exercise), signal: current.running.signal })
        current = undefined
        if (due.size === 0) console.log(colors.dim('watching  each save is graded; Ctrl-C ends'))
      } else {
        await saved.promise
        saved = Promise.withResolvers()
      }
    }
  }
  try {
    await Promise.race([gradeAll(), once(process, 'SIGINT'), once(process, 'SIGTERM')])
    return 0
  } finally {
    saves.close()
    current?.running.abort()
  }
}
