/** A process of a Crew: takes jobs over IPC, one at a time, and answers each with its verdict. */
import { findExercise } from '../manifest.ts'
import type { Verdict } from './result.ts'
import { Runner, type RunOptions } from './run.ts'

export type Job = { exercise: string; options: Omit<RunOptions, 'signal'> }
export type Answer = { verdict: Verdict } | { failed: string }

const runner = new Runner({
  ...(process.argv[2] && { folder: process.argv[2] }),
  // The cores have other programs to run meanwhile, and nobody waits for a single verdict.
  isAhead: false,
})

// Under isolation `os`, root's programs run as another user: what tests put into their folders is for them.
// The programs themselves begin with a umask of their own (student/host.ts).
if (process.getuid?.() === 0) process.umask(0)

process.on('message', async (job: Job) => {
  const exercise = findExercise(job.exercise)
  const answer: Answer = exercise
    ? { verdict: await runner.run(exercise, job.options) }
    : { failed: `there is no exercise ${job.exercise}` }
  // The coordinator may be gone by now; then nobody wants the answer.
  process.send?.(answer, () => {})
})

process.once('disconnect', async () => {
  await runner.close()
  process.exit(0)
})
