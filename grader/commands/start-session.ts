import { setTimeout as delay } from 'node:timers/promises'
import colors from 'yoctocolors'
import { BadCall } from '../exit.ts'
import { type ExerciseInfo, exercises } from '../manifest.ts'
import { readProgress } from '../progress.ts'
import { typesText } from '../report/types-text.ts'
import { verdictPage } from '../report/verdict-page.ts'
import { verdictText } from '../report/verdict-text.ts'
import { type SessionMessage, USUAL_PORT } from '../session.ts'
import { checkTypes } from '../student/type-errors.ts'
import { currentStage, stagesOf, type Verdict } from '../verdict/result.ts'
import { Runner } from '../verdict/run.ts'
import { markPassed } from './check.ts'
import {
  beginning,
  firstSteps,
  isAllPassed,
  LEGEND,
  lastPage,
  type Place,
  passedText,
  stageNote,
  taskPage,
} from './start-pages.ts'
import type { View } from './start-view.ts'

/** The first exercise not yet passed after `current`, going round; the last of the course when all are. */
export function nextExercise(passed: Place['passed'], current?: ExerciseInfo): ExerciseInfo {
  const from = current ? exercises.indexOf(current) + 1 : 0
  const round = [...exercises.slice(from), ...exercises.slice(0, from)]
  const next = round.find(({ id }) => !passed[id]) ?? exercises.at(-1)
  if (!next) throw new Error('course.ts lists no exercise')
  return next
}

/** The last verdict, with what there was to say besides. */
type Last = { exercise: ExerciseInfo; verdict: Verdict; also: string; types: string[] }

/** How long lines wait for the type checker, in milliseconds, once the verdict is there; a screen is redrawn. */
const TYPES_MS = 500

/** One student at work: which exercise it is about, its runs, and what the view shows of them. */
export class Session {
  current = nextExercise(readProgress().passed)
  readonly #runner = new Runner()
  readonly #failure = Promise.withResolvers<never>()
  /** rejects when something failed that ends the session */
  readonly failed = this.#failure.promise
  readonly #view: View
  readonly #tell: (message: SessionMessage) => void
  #running: AbortController | undefined
  /** what the run under way is about, in words */
  #doing = ''
  /** what was passed since the start, also where it cannot be written down */
  readonly #passed: Record<string, string> = {}
  #stage: string | undefined
  #site: string | undefined
  #last: Last | undefined
  #turn = 0

  /** `tell` hands what happens to who looks on besides the view. */
  constructor(view: (session: Session) => View, tell: (message: SessionMessage) => void) {
    this.#tell = tell
    this.#view = view(this)
  }

  get view(): View {
    return this.#view
  }

  readonly place = (): Place => {
    const passed = { ...this.#passed, ...readProgress().passed }
    return { exercise: this.current, stage: this.#stage, passed, site: this.#site }
  }

  get next(): ExerciseInfo {
    return nextExercise(this.place().passed, this.current)
  }

  /** The lesson site is there; `isElsewhere` says that its usual port was taken. */
  siteIsAt(url: string, isElsewhere: boolean): void {
    this.#site = url
    const why = isElsewhere ? `  (another program has port ${USUAL_PORT})` : ''
    const line = `site      ${url}${why}`
    // On a screen the line about a run must stand until its verdict comes.
    this.#view.note((this.#view.isScreen && this.#doing) || line)
  }

  /** Makes an exercise the current one and shows its task; to a beginner, how to begin. */
  show(exercise: ExerciseInfo): void {
    this.#turnTo(exercise)
    const isFirst = this.#isBeginner && exercise === exercises[0]
    this.#showPage(isFirst ? firstSteps : isAllPassed(this.place().passed) ? lastPage : taskPage)
  }

  showTask(): void {
    this.#showPage(taskPage)
  }

  #showPage(page: (place: Place, isScreen: boolean) => string): void {
    this.#view.page(() => page(this.place(), this.#view.isScreen))
  }

  /** A file was saved: its exercise is the one that matters now. */
  saved(exercise: ExerciseInfo): void {
    if (exercise !== this.current) this.show(exercise)
    this.#tell({ event: 'saved', id: exercise.id })
    this.grade(`saved ${exercise.id}, grading …`)
  }

  /** Has the current exercise graded and the verdict shown; a later call stops an earlier run. */
  grade(note = `grading ${this.current.id} …`): void {
    this.#doing = note
    this.#view.note(note)
    this.gradeOnce().catch(this.#failure.reject)
  }

  /** Does ahead what the first verdict would have to wait for. */
  warm(): void {
    this.#runner.warm(this.current).catch(this.#failure.reject)
  }

  /** Shows the last verdict again; `step` 1 with the next of its failures in full. */
  showVerdict(step = 0): void {
    if (!this.#last) return this.#view.note('Nothing is graded yet: save the file, or press g.')
    this.#turn += step
    this.#view.page(this.#verdictText(this.#last))
  }

  async close(): Promise<void> {
    this.#view.close()
    this.#running?.abort()
    await this.#runner.close()
  }

  get #isBeginner(): boolean {
    return Object.keys(this.place().passed).length === 0
  }

  #turnTo(exercise: ExerciseInfo): void {
    if (exercise !== this.current) this.#stage = undefined
    this.current = exercise
    this.#tell({ event: 'current', id: exercise.id })
  }

  /** Grades the current exercise and shows the verdict. */
  async gradeOnce(): Promise<void> {
    const exercise = this.current
    this.#running?.abort()
    const running = new AbortController()
    this.#running = running
    this.#tell({ event: 'grading', id: exercise.id })
    const { signal } = running
    const types = checkTypes().then((said) => said(exercise.main))
    const verdict = await this.#runner.run(exercise, { file: exercise.main, signal })
    if (signal.aborted) return
    this.#doing = ''
    if (verdict.status === 'pass') this.#markPassed(exercise)
    const last: Last = { exercise, verdict, also: this.#also(exercise, verdict), types: [] }
    if (!this.#view.isScreen)
      last.types = await Promise.race([types, delay(TYPES_MS, [], { ref: false })])
    this.#last = last
    this.#turn = 0
    this.#view.page(this.#verdictText(last))
    if (this.#view.isScreen) void types.then((said) => this.#addTypes(last, said))
    if (this.#view.isScreen) this.#view.note(this.#gradedNote(exercise))
    this.#tell({ event: 'verdict', id: exercise.id, verdict })
  }

  /** The type checker is done later than the tests, most often. */
  #addTypes(last: Last, types: string[]): void {
    if (types.length === 0 || this.#last !== last || this.#doing) return
    last.types = types
    this.#view.page(this.#verdictText(last))
  }

  /** A second verdict like the first one shows that it is new; the site draws its transcript. */
  #gradedNote({ id }: ExerciseInfo): string {
    const page = this.#site ? `   ${this.#site}exercises/${id}/` : ''
    return `graded at ${new Date().toLocaleTimeString('en-GB')}${page}`
  }

  #verdictText({ exercise, verdict, also, types }: Last): string {
    const note = typesText(types)
    if (!this.#view.isScreen)
      return [note, verdictText(exercise, verdict), also].filter(Boolean).join('\n\n')
    const text = verdictPage(exercise, verdict, this.#turn)
    const texts = verdict.status === 'missing' ? [text, also] : [also, note, text]
    return texts.filter(Boolean).join('\n\n')
  }

  /** What there is to say besides the verdict itself. */
  #also(exercise: ExerciseInfo, verdict: Verdict): string {
    const place = { ...this.place(), exercise }
    if (verdict.status === 'missing') return beginning(exercise)
    if (verdict.status === 'pass')
      return passedText(place, verdict, nextExercise(place.passed, exercise))
    if (verdict.status !== 'fail') return ''
    const legend = this.#isBeginner ? colors.dim(LEGEND) : ''
    return [this.#newStage(exercise, verdict), legend].filter(Boolean).join('\n\n')
  }

  /** What to say of the first stage that is not passed, when it is another one now. */
  #newStage(exercise: ExerciseInfo, verdict: Verdict): string {
    const stage = currentStage(stagesOf(verdict))?.name
    if (exercise !== this.current || stage === undefined || stage === this.#stage) return ''
    this.#stage = stage
    return stageNote(this.place(), this.#view.isScreen)
  }

  #markPassed(exercise: ExerciseInfo): void {
    this.#passed[exercise.id] = new Date().toISOString()
    try {
      markPassed(exercise)
    } catch (error) {
      if (!(error instanceof BadCall)) throw error
      this.#view.warn(error.message)
    }
  }
}
