/** The course's check of itself: stubs fail, solutions pass, mistakes fail as they say, nothing is stray. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ExerciseInfo, exercises } from '../grader/manifest.ts'
import { section } from '../grader/task.ts'
import { type Causes, readCauses } from '../grader/verdict/causes.ts'
import { Crew } from '../grader/verdict/crew.ts'
import { feedbackOn, feedbackText } from '../grader/verdict/feedback.ts'
import { assemble, type Mistake, mistakesOf } from '../grader/verdict/mistakes.ts'
import { stagesOf, type Verdict } from '../grader/verdict/result.ts'
import { compared, feedbacksOn, readGolden, recordCauses, writeGolden } from './golden.ts'

/**
 * With COURSE_RECORD=1, how mistakes fail is written down anew instead of compared; with COURSE_RECORD=again, feedback that
 * does not come again as it is written is marked: it hangs on time, and is compared no more.
 */
const recording = process.env.COURSE_RECORD
const isRecording = recording === '1' || recording === 'again'
/**
 * With COURSE_PROVE=1, and when recording, all hidden tests are run against each mistake. Otherwise the one that its
 * header names, and those that no header names and that are recorded to fail for it before all others.
 */
const isWhole = isRecording || process.env.COURSE_PROVE === '1'
const SEED = 'golden'

// Twice as many as cores: most of a failing run is waiting.
const crew = new Crew('node', 4)
afterAll(() => crew.close())

describe.each(exercises)('$id', (exercise) => {
  const mistakes = mistakesOf(exercise)
  const verdicts = new Map<string, Verdict>()
  const titles = () => (verdicts.get('solution')?.outcomes ?? []).map(({ title }) => title)
  /** those that the platform can show */
  const shown = () =>
    (verdicts.get('solution')?.outcomes ?? [])
      .filter(({ status }) => status !== 'skip')
      .map(({ title }) => title)
  const failuresOf = (name: string) =>
    (verdicts.get(name)?.outcomes ?? []).filter(({ finding }) => finding).map(({ title }) => title)

  beforeAll(async () => {
    const causes = readCauses(exercise)
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'programs-'))
    const grade = async (name: string, file: string, only?: string[]) => {
      const verdict = await crew.run(exercise, { file, seed: SEED, ...(only && { only }) })
      verdicts.set(name, verdict)
      return verdict
    }
    const gradeMistake = async (mistake: Mistake) => {
      const file = assemble(exercise, mistake, folder)
      const recorded = causes[mistake.name]
      if (isWhole || !recorded) return void (await grade(mistake.name, file))
      const verdict = await grade(mistake.name, file, chosen(mistake, mistakes, causes))
      const now = feedbacksOn(exercise, verdict, recorded.signs)
      const golden = readGolden(exercise, mistake)
      const isSame = compared(now, recorded, verdict) === compared(golden, recorded, verdict)
      // What one test leaves in a program may be what the next one fails of: the whole suite decides.
      if (!isSame) await grade(mistake.name, file)
    }
    // The stub itself reads as missing: what fails every test is the stub with a comment more.
    const stub = path.join(folder, 'stub', 'main.ts')
    fs.cpSync(path.dirname(exercise.stub), path.dirname(stub), { recursive: true })
    fs.writeFileSync(stub, `// begun\n${fs.readFileSync(exercise.stub, 'utf8')}`)
    try {
      await Promise.all([
        grade('solution', exercise.solution),
        grade('stub', stub, isWhole ? undefined : oneOf(mistakes)),
        ...mistakes.map(gradeMistake),
      ])
    } finally {
      fs.rmSync(folder, { recursive: true })
    }
    if (isRecording) recordCauses(exercise, mistakes, verdicts, recording === 'again')
  })

  test('the solution passes', () => {
    const verdict = verdicts.get('solution') as Verdict
    const failures = feedbackOn(exercise, verdict).map(feedbackText)
    expect({ failures, message: verdict.message, status: verdict.status }).toEqual({
      failures: [],
      message: undefined,
      status: 'pass',
    })
  })

  test('there are six hidden tests or more, titled by behaviour', () => {
    expect(titles().length).toBeGreaterThanOrEqual(6)
    for (const title of titles()) {
      expect(title, 'a title is lower case and says no "should"').toMatch(
        /^[a-z0-9](?!.*\bshould\b).*[^.]$/,
      )
    }
    expect(new Set(titles()).size).toBe(titles().length)
  })

  test('the stub fails every test that is run against it', () => {
    const ran = (verdicts.get('stub') as Verdict).outcomes.map(({ title }) => title)
    expect(ran.length).toBeGreaterThan(0)
    expect(failuresOf('stub')).toEqual(shown().filter((title) => ran.includes(title)))
    if (isWhole) expect(failuresOf('stub')).toEqual(shown())
  })

  test('there are three mistakes or more', () => {
    expect(mistakes.length).toBeGreaterThanOrEqual(3)
  })

  test.each(mistakes)('$name fails the test that it names, as recorded', async (mistake) => {
    expect(failuresOf(mistake.name)).toContain(mistake.fails)
    const verdict = verdicts.get(mistake.name) as Verdict
    const cause = readCauses(exercise)[mistake.name]
    const feedbacks = feedbacksOn(exercise, verdict, cause?.signs)
    if (isRecording) writeGolden(exercise, mistake, feedbacks)
    expect(compared(feedbacks, cause, verdict)).toBe(
      compared(readGolden(exercise, mistake), cause, verdict),
    )
    const named = feedbacks.get(mistake.fails)
    expect(named, 'its own feedback names its bug').toContain(`\n  cause     ${mistake.bug}`)
  })

  test('every hidden test fails for a mistake', () => {
    const caught = new Set(mistakes.flatMap(({ name }) => failuresOf(name)))
    expect(shown().filter((title) => !caught.has(title))).toEqual([])
  })

  if (hasStages(exercise)) {
    test('each stage has a mistake that fails this stage and no other', () => {
      const stages = stagesOf(verdicts.get('solution') as Verdict).map(({ name }) => name)
      const causes = readCauses(exercise)
      const failed = mistakes.map(({ name }) => {
        const titles = [...failuresOf(name), ...Object.keys(causes[name]?.signs ?? {})]
        return stages.filter((stage) => titles.some((title) => title.startsWith(`${stage}: `)))
      })
      const alone = failed.flatMap((names) => (names.length === 1 ? names : []))
      expect(stages.filter((stage) => !alone.includes(stage))).toEqual([])
    })
  }
})

/** One test, for a stub: that no test passes whatever it is run against is shown by the mistakes. */
function oneOf(mistakes: Mistake[]): string[] {
  return mistakes.slice(0, 1).map(({ fails }) => fails)
}

/** The tests that are run against a mistake when not all are; every hidden test is run against one. */
function chosen({ name, fails }: Mistake, mistakes: Mistake[], causes: Causes): string[] {
  const named = new Set(mistakes.map((mistake) => mistake.fails))
  const isFirst = (title: string) =>
    mistakes.find((mistake) => title in (causes[mistake.name]?.signs ?? {}))?.name === name
  const signs = Object.keys(causes[name]?.signs ?? {})
  return [fails, ...signs.filter((title) => !named.has(title) && isFirst(title))]
}

/** Whether the task is told in stages. */
function hasStages(exercise: ExerciseInfo): boolean {
  return /^### 1\. /m.test(section(exercise, 'Task'))
}
