import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { course } from '../../course.ts'
import { type Found, readSubmissions, submittedFile } from '../class/read.ts'
import { BadCall } from '../exit.ts'
import { interruptible } from '../interrupt.ts'
import { type ExerciseInfo, exercises } from '../manifest.ts'
import { exerciseResult } from '../report/exercise.ts'
import { checkPublishing, type Publishing, publish } from '../report/publish.ts'
import { whyNoSandbox } from '../student/bubblewrap.ts'
import { bestIsolation, type Isolation } from '../student/sandbox.ts'
import { Crew } from '../verdict/crew.ts'
import type { Report, Submission } from '../verdict/result.ts'
import { newSeed } from '../verdict/run.ts'

type Options = Publishing & {
  exercise?: ExerciseInfo[]
  seed?: string
  jobs?: number
  isolation?: Isolation
}

/** Grades submissions. 0 when every submission got a result, 3 when the grader failed on one. */
export async function grade(paths: string[], options: Options): Promise<number> {
  const chosen = options.exercise ?? exercises
  const seed = options.seed ?? newSeed()
  const isolation = options.isolation ?? bestIsolation()
  const why = isolation === 'os' ? whyNoSandbox() : undefined
  if (why) throw new BadCall(`isolation os was asked for, but cannot be had: ${why}`)
  const crew = new Crew(isolation, options.jobs)
  const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'course-class-'))
  const gradeAll = (found: Found[]) => {
    checkPublishing(options, found.length, chosen.length)
    return Promise.all(
      found.map((one) =>
        gradeOne(
          one,
          (exercise, file) => crew.run(exercise, { file, within: one.base ?? one.path, seed }),
          chosen,
        ),
      ),
    )
  }
  const submissions = await interruptible(
    async () => gradeAll(await readSubmissions(paths, workspace)),
    async () => {
      await crew.close()
      fs.rmSync(workspace, { recursive: true, force: true })
    },
  )
  const report: Report = { version: 1, course: course.id, seed, isolation, submissions }
  await publish(report, options)
  const results = submissions.flatMap(({ exercises }) => exercises)
  return results.some(({ status }) => status === 'error') ? 3 : 0
}

async function gradeOne(
  { name, path, base, message }: Found,
  run: (exercise: ExerciseInfo, file: string) => ReturnType<Crew['run']>,
  chosen: readonly ExerciseInfo[],
): Promise<Submission> {
  if (base === undefined) {
    return {
      name,
      path,
      status: 'unreadable',
      ...(message && { message }),
      score: 0,
      max: 0,
      exercises: [],
    }
  }
  const results = await Promise.all(
    chosen.map(async (exercise) =>
      exerciseResult(exercise, await run(exercise, submittedFile(base, exercise))),
    ),
  )
  const sum = (key: 'score' | 'max') => results.reduce((total, result) => total + result[key], 0)
  return { name, path, status: 'graded', score: sum('score'), max: sum('max'), exercises: results }
}
