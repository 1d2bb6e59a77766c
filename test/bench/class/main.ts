/**
 * `npm run bench -- class [N]`: a class of N (100) is graded by the command, every verdict is checked, and
 * the speed is compared with a `vitest run` process for each program. A missed aim is no failure, for the
 * machine may be busy; a wrong verdict is one.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type ExerciseInfo, exercises } from '../../../grader/manifest.ts'
import { Random } from '../../../grader/wire/random.ts'
import { idleShare } from '../report.ts'
import { gradeAlone } from './alone.ts'
import { forget, type Graded, grade, resultsOf } from './grade.ts'
import { makeClass, type Program, SEED, wrongVerdicts } from './make.ts'
import { differences } from './same.ts'

/** How many times faster than a process for each program it is to be. */
const LEAST = 8
/** How large the classes are that are graded more than once, and the one for the memory. */
const [SMALL, LARGE] = [4, 1_000]
/** What the large class hands in: two exercises that take a tenth of a second each. */
const CHEAP = ['endpoints', 'first-client']

const cores = os.availableParallelism()

export async function benchClass(args: readonly string[]): Promise<number> {
  const students = Number(args[0] ?? 100)
  if (!Number.isInteger(students) || students < 1 || args.length > 1) {
    console.error('usage: npm run bench -- class [N], for example: npm run bench -- class 100')
    return 2
  }
  const bench = new ClassBench()
  try {
    console.log(`Idle processors: ${await idleShare()} %, of ${cores}. Seed ${SEED}.\n`)
    await bench.whole(students)
    const uninterrupted = await bench.jobs()
    await bench.killed(uninterrupted)
    await bench.large()
    console.log(`Idle processors: ${await idleShare()} %`)
  } finally {
    bench.remove()
  }
  for (const line of bench.wrong) console.error(`wrong: ${line}`)
  return bench.wrong.length === 0 ? 0 : 1
}

/** Each method makes its class, grades it, and prints what it found. */
class ClassBench {
  readonly wrong: string[] = []
  readonly #folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'course-bench-'))

  /** All exercises: how fast, and how much faster than a process for each program. */
  async whole(students: number): Promise<void> {
    const programs = this.#make('whole', students)
    const whole = await grade(this.#place('whole'), [])
    const wrong = this.#check(programs, whole)
    const graded = resultsOf(this.#place('whole')).length
    const { seconds } = whole
    say(`A class of ${students}, all exercises`, [
      `${programs.length} programs (${counts(programs)}); ${graded} graded, for equal stubs are graded once`,
      `${seconds.toFixed(0)} s: ${((students / seconds) * 60).toFixed(1)} submissions a minute, ${(graded / seconds).toFixed(2)} verdicts a second`,
      `wrong verdicts: ${wrong}`,
      memory(whole),
    ])

    // Each exercise once, of whomever: what a program takes depends on its exercise above all.
    const random = new Random(SEED, 'sample')
    const sample = exercises.map(({ id }) =>
      random.pick(programs.filter(({ exercise }) => exercise.id === id)),
    )
    const one = (await gradeAlone(sample, 1)) / sample.length
    const many = (await gradeAlone(sample, cores)) / sample.length
    const ours = seconds / programs.length
    say(`One program of each exercise (${counts(sample)}), a \`vitest run\` process each`, [
      `one after the other ${one.toFixed(2)} s a program, ${cores} at a time ${many.toFixed(2)} s`,
      `the command ${ours.toFixed(2)} s: ${(one / ours).toFixed(1)} and ${(many / ours).toFixed(1)} times as fast`,
      one / ours >= LEAST ? 'aim met' : `aim missed: at least ${LEAST} times`,
    ])
  }

  /** The same class with more and more jobs. Returns the last run. */
  async jobs(): Promise<Graded> {
    const programs = this.#make('few', SMALL)
    const lines: string[] = []
    for (const jobs of new Set([1, 2, cores])) {
      const graded = await this.#gradeFew(programs, jobs)
      lines.push(`${jobs} at a time: ${graded.seconds.toFixed(1)} s`)
    }
    const last = await this.#gradeFew(programs, 2 * cores)
    lines.push(`${2 * cores} at a time, twice the cores: ${last.seconds.toFixed(1)} s`)
    say(`A class of ${SMALL}`, lines)
    return last
  }

  /** The same class, killed in mid-run three times. */
  async killed(uninterrupted: Graded): Promise<void> {
    const place = this.#place('killed')
    const programs = this.#make('killed', SMALL)
    const all = new Set(resultsOf(this.#place('few')).map(keyOf)).size
    for (const share of [1, 2, 3]) await grade(place, [], Math.round((all * share) / 4))
    const before = resultsOf(place)
    const resumed = await grade(place, [])
    const after = resultsOf(place)
    const again = await grade(place, [])
    this.#check(programs, resumed)
    const { different, varying } = differences(programs, uninterrupted.report, resumed.report)
    const twice = after.length - new Set(after.map(keyOf)).size
    const isKept = before.every((line, i) => line === after[i]) && resumed.text === again.text
    this.wrong.push(...different)
    if (twice > 0 || !isKept) this.wrong.push('a resumed run graded again what it had')
    say(`A class of ${SMALL}, killed (SIGKILL) three times and resumed`, [
      `${before.length} of ${after.length} results were there after the last kill; graded twice: ${twice}`,
      `but for times, the report is that of an uninterrupted run: ${yes(different.length === 0)}`,
      `(left out: the ways in which ${varying} of ${programs.length} programs fail hang on time in any run)`,
      `asked for once more, it is the same byte for byte: ${yes(isKept)}`,
    ])
  }

  /** So many that the coordinator would show what it keeps. */
  async large(): Promise<void> {
    const chosen = exercises.filter(({ id }) => CHEAP.includes(id))
    const programs = this.#make('large', LARGE, chosen)
    const args = chosen.flatMap(({ id }) => ['--exercise', id])
    const graded = await grade(this.#place('large'), args)
    const wrong = this.#check(programs, graded)
    const verdicts = resultsOf(this.#place('large')).length
    say(`A class of ${LARGE}, ${CHEAP.join(' and ')} (${counts(programs)})`, [
      `${graded.seconds.toFixed(0)} s: ${(verdicts / graded.seconds).toFixed(1)} verdicts a second`,
      `wrong verdicts: ${wrong}`,
      memory(graded),
    ])
  }

  /** Takes away all that was made, and what grading it has left in the course. */
  remove(): void {
    for (const name of fs.readdirSync(this.#folder)) forget(this.#place(name))
    fs.rmSync(this.#folder, { recursive: true })
  }

  #place(name: string): string {
    return path.join(this.#folder, name, 'class')
  }

  #make(name: string, students: number, chosen?: readonly ExerciseInfo[]): Program[] {
    fs.mkdirSync(path.join(this.#folder, name))
    return makeClass(this.#place(name), students, chosen)
  }

  async #gradeFew(programs: readonly Program[], jobs: number): Promise<Graded> {
    const graded = await grade(this.#place('few'), ['--fresh', '--jobs', String(jobs)])
    this.#check(programs, graded)
    return graded
  }

  /** How many verdicts are wrong. */
  #check(programs: readonly Program[], { report }: Graded): number {
    const wrong = wrongVerdicts(programs, report)
    this.wrong.push(...wrong)
    return wrong.length
  }
}

function keyOf(line: string): string {
  return JSON.parse(line).key
}

function counts(programs: readonly Program[]): string {
  const of = (wanted: string) => programs.filter(({ kind }) => kind === wanted).length
  return `${of('solution')} solutions, ${of('mistake')} mistakes, ${of('stub')} stubs`
}

function memory({ peak, text }: Graded): string {
  const size = (text.length / 1024 / 1024).toFixed(1)
  return `the coordinator’s memory: ${peak ?? '?'} MiB at most; the report is ${size} MiB`
}

function yes(is: boolean): string {
  return is ? 'yes' : 'no'
}

function say(title: string, lines: readonly string[]): void {
  console.log([title, ...lines.map((line) => `  ${line}`), ''].join('\n'))
}
