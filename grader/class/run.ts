import { setImmediate as breath } from 'node:timers/promises'
import type { ExerciseInfo } from '../manifest.ts'
import { exerciseResult } from '../report/exercise.ts'
import type { Crew } from '../verdict/crew.ts'
import type { Exercise, Submission } from '../verdict/result.ts'
import type { Journal } from './journal.ts'
import { Keys } from './key.ts'
import { type Found, submittedFile } from './read.ts'

export type ClassRun = {
  exercises: readonly ExerciseInfo[]
  /** of all inputs */
  seed: string
  crew: Crew
  journal: Journal
  watcher: Watcher
  /** ends the run: what is under way is not waited for */
  stopped: AbortSignal
}

/** Who is told how a run goes on. Numbers are of results: a submission has as many as there are exercises. */
export type Watcher = {
  began(total: number, kept: number): void
  grading(task: Task): void
  graded(task: Task, result: Exercise): void
}

/** One program to be graded. */
export type Task = {
  key: string
  exercise: ExerciseInfo
  submission: Found & { base: string }
  /** how many results of the report it gives: programs that nothing tells apart are graded once */
  results: number
}

/**
 * Grades a class: what the journal does not hold yet, as many at a time as the crew is large. The report's
 * order is that of the submissions and of the course, whatever was done first. No more is held in
 * memory than what becomes the report.
 */
export async function gradeClass(found: readonly Found[], run: ClassRun): Promise<Submission[]> {
  const { exercises, seed, crew, journal, watcher, stopped } = run
  const { keys, tasks } = await plan(found, run)
  const failed = new Map<string, Exercise>()
  const left = oneByOne(tasks)
  /** Takes what comes next, as the others do; one that leaves early, stopped or broken, ends it for all. */
  const lane = async () => {
    for (const task of left) {
      if (stopped.aborted) return
      const { base, name } = task.submission
      watcher.grading(task)
      const options = { file: submittedFile(base, task.exercise), within: base, seed }
      const verdict = await crew.run(task.exercise, options)
      if (stopped.aborted) return
      const result = exerciseResult(task.exercise, verdict)
      if (result.status === 'error') failed.set(task.key, result)
      journal.add(task.key, name, result)
      watcher.graded(task, result)
    }
  }
  await Promise.all(Array.from({ length: crew.size }, lane))
  return found.map((one, i) => {
    if (one.base === undefined) return unreadable(one)
    const own = exercises.map((exercise, j) => {
      const key = keys[i]?.[j] ?? ''
      const result = failed.get(key) ?? journal.get(key)
      if (!result) throw new Error(`${one.name} has no result for ${exercise.id}`)
      return result
    })
    return graded(one, own)
  })
}

/** The key of every result, and what there is to do for those that the journal does not hold. */
async function plan(
  found: readonly Found[],
  { exercises, seed, crew, journal, watcher }: ClassRun,
) {
  const maker = new Keys({ seed, isolation: crew.isolation })
  const tasks = new Map<string, Task>()
  let [total, kept] = [0, 0]
  const keys: string[][] = []
  for (const submission of found) {
    const { base } = submission
    const own = base === undefined ? [] : exercises.map((exercise) => maker.of(exercise, base))
    keys.push(own)
    total += own.length
    if (base === undefined) continue
    // A submission's longest exercises come last in the course: done first, none is left over at the end.
    for (const [i, exercise] of [...exercises.entries()].reverse()) {
      const key = own[i] ?? ''
      const task = tasks.get(key)
      if (journal.has(key)) kept += 1
      else if (task) task.results += 1
      else tasks.set(key, { key, exercise, submission, results: 1 })
    }
    // an interrupt is heard here
    await breath()
  }
  watcher.began(total, kept)
  return { keys, tasks }
}

/** Unlike a map's own iterator, a generator that one loop has left gives nothing to the other loops. */
function* oneByOne(tasks: ReadonlyMap<string, Task>): Generator<Task, void> {
  yield* tasks.values()
}

function unreadable({ name, path, message }: Found): Submission {
  const nothing = { score: 0, max: 0, exercises: [] }
  return { name, path, status: 'unreadable', ...(message && { message }), ...nothing }
}

function graded({ name, path }: Found, exercises: Exercise[]): Submission {
  const sum = (key: 'score' | 'max') => exercises.reduce((total, result) => total + result[key], 0)
  return { name, path, status: 'graded', score: sum('score'), max: sum('max'), exercises }
}
