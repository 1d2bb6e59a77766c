import fs from 'node:fs'
import { course } from '../../course.ts'
import { standingOf } from '../class/changes.ts'
import { Journal, journalOf } from '../class/journal.ts'
import { readSubmissions } from '../class/read.ts'
import { gradeClass } from '../class/run.ts'
import { makeWorkspace } from '../class/workspace.ts'
import { BadCall } from '../exit.ts'
import { interruptible } from '../interrupt.ts'
import { type ExerciseInfo, exercises } from '../manifest.ts'
import { changesText } from '../report/changes.ts'
import { checkPublishing, type Publishing, publish } from '../report/publish.ts'
import { whyNoSandbox } from '../student/bubblewrap.ts'
import { bestIsolation, type Isolation } from '../student/sandbox.ts'
import { Crew } from '../verdict/crew.ts'
import type { Report } from '../verdict/result.ts'
import { newSeed } from '../verdict/run.ts'
import { GradeProgress } from './grade-progress.ts'

type Options = Publishing & {
  exercise?: ExerciseInfo[]
  seed?: string
  fresh?: boolean
  jobs?: number
  isolation?: Isolation
}

/** Grades submissions. 0 when every submission got a result, 3 when the grader failed on one. */
export async function grade(paths: string[], options: Options): Promise<number> {
  const chosen = options.exercise ?? exercises
  const isolation = options.isolation ?? bestIsolation()
  const why = options.isolation === 'os' ? whyNoSandbox() : undefined
  if (why) throw new BadCall(`isolation os was asked for, but cannot be had: ${why}`)
  const journal = new Journal(journalOf(paths))
  if (journal.damage) console.error(`course: ${journal.damage}.`)
  const given = options.seed ?? process.env.COURSE_SEED
  const seed = journal.begin(given || undefined, options.fresh ?? false, newSeed)
  const crew = new Crew(isolation, options.jobs)
  const workspace = makeWorkspace(journal.file)
  const watcher = new GradeProgress(journal.file)

  const gradeAll = async (stopped: AbortSignal) => {
    stopped.addEventListener('abort', () => {
      watcher.end()
      console.error(watcher.stopped(options.fresh ?? false))
    })
    const found = await readSubmissions(paths, workspace)
    checkPublishing(options, found.length, chosen.length)
    const run = { exercises: chosen, seed, crew, journal, watcher, stopped }
    const submissions = await gradeClass(found, run)
    const ids = chosen.map(({ id }) => id)
    const news = journal.finish(submissions.map((one) => standingOf(one, ids)))
    const report: Report = { version: 1, course: course.id, seed, isolation, submissions }
    return { report, news }
  }
  const { report, news } = await interruptible(gradeAll, async () => {
    watcher.end()
    await crew.close()
    journal.close()
    fs.rmSync(workspace, { recursive: true, force: true })
  })

  await publish(report, options)
  if (news.since) console.error(changesText(news.since, news.changes))
  const results = report.submissions.flatMap(({ exercises }) => exercises)
  return results.some(({ status }) => status === 'error') ? 3 : 0
}
