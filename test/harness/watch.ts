import { setTimeout as delay } from 'node:timers/promises'
import { deaths, ProgramDied } from '../../grader/student/death.ts'
import type { StudentProcess } from '../../grader/student/process.ts'
import { asleep, canTell, cpuMs, hasChildren, isStopped } from '../../grader/student/quiet.ts'
import { Finding, type Found } from '../../grader/wire/finding.ts'
import type { Recorder } from '../../grader/wire/recording.ts'

/** How long a wait lasts when nothing can be proven, in milliseconds. Generous: it only costs wrong programs. */
const LIMIT_MS = 15_000
/** The first look at a sleeping program, then the time between looks, and how many alike make a proof. */
const FIRST_LOOK_MS = 30
const LOOK_MS = 50
const LOOKS = 4
/** How long a program that seems asleep may take to show that its event loop is not at its end, in milliseconds. */
const CONFIRM_MS = 2_000
/** The time between two looks when it is only asked whether the program has settled. */
const SETTLE_MS = 3
/** Longer than an ACK is delayed (40 ms): small writes after the first wait in the kernel for ours. */
const ACK_MS = 50
const SETTLE_LIMIT_MS = 5_000
const BLIND_SETTLE_MS = 500
/** How long a turn is waited for in a program with several threads, in milliseconds: most are over in one. */
const THREADS_MS = 20
/** Processor time that a program's main thread may burn without handling one event, in milliseconds. */
const HOG_MS = 1_500
/** With a debugger, how long the program may take to settle, in milliseconds: for ever. */
const DEBUG_LIMIT_MS = 24 * 3_600_000
/** A timer armed in this test that is due later than this is nothing that an answer waits for, in milliseconds. */
const FAR_MS = 5_000
const HOG_WALL_MS = 15_000

const nothing = () => {}

/** Resolves with the number of its threads when the program's event loop has gone round, or never will again. */
async function turned(student: StudentProcess): Promise<number> {
  const reply = await student.request({ op: 'turn' }).catch(nothing)
  return reply?.ok && 'value' in reply && typeof reply.value === 'number' ? reply.value : 0
}

type Waiting = { fail: (data: Error) => void; say: () => Found; since: number }

/**
 * Ends waits that can never be fulfilled. A wait fails when the student's process died; when it is
 * proven asleep, with no timer armed, while the test does nothing either; when it is hung in a loop;
 * and otherwise after LIMIT_MS. A right program is never asleep with an answer still owed.
 */
export class Watch {
  readonly #recorder: Recorder
  readonly #waiting = new Set<Waiting>()
  #student: StudentProcess | undefined
  #failedCall: Found | undefined
  readonly #began = performance.now()
  #busy = 0
  #settling = 0
  #timer: NodeJS.Timeout | undefined
  #last: string | undefined
  #alike = 0
  #asking = false
  #ping: { sent: number; cpu: number | undefined; answered: boolean } | undefined

  constructor(recorder: Recorder) {
    this.#recorder = recorder
  }

  follow(student: StudentProcess): void {
    this.#student = student
    student.once('death', () => this.#failAll())
  }

  /** Whether a person may have stopped the program at any place, for as long as they like. */
  get #isDebugged(): boolean {
    return this.#student?.started.debugPort !== undefined
  }

  /** Waits for `promise`; `say` describes what is missing when it cannot come any more. */
  async wait<T>(promise: Promise<T>, say: () => Found): Promise<T> {
    const death = this.#student?.death
    if (death) {
      promise.catch(nothing)
      throw new ProgramDied(death)
    }
    let entry: Waiting | undefined
    const given = new Promise<never>((_, reject) => {
      entry = { fail: reject, say, since: performance.now() }
      this.#waiting.add(entry)
      this.#schedule(FIRST_LOOK_MS)
    })
    try {
      return await Promise.race([promise, given])
    } finally {
      if (entry) this.#waiting.delete(entry)
    }
  }

  /**
   * Remembers that a call of the student's failed. A test that waits for what that call was to bring
   * about is told so, once nothing can come any more; at once when there is no such function at all.
   */
  callFailed(failure: Found): void {
    this.#failedCall ??= failure
    if (failure.kind === 'no such export') this.#failAll()
  }

  /** Forgets a failure of a call that the test asked for. */
  callExpected(failure: Found): void {
    if (this.#failedCall === failure) this.#failedCall = undefined
  }

  /** While `work` runs, a sleeping program proves nothing: the test itself still has something to do. */
  async busy<T>(work: () => Promise<T>): Promise<T> {
    this.#busy += 1
    try {
      return await work()
    } finally {
      this.#busy -= 1
      this.#alike = 0
    }
  }

  /**
   * Resolves when the program's event loop has gone round; at once when there is none. The loops of
   * other threads nobody can ask: with threads, when the program is seen asleep, or was not for `threadsMs`.
   */
  async turn(threadsMs = THREADS_MS): Promise<void> {
    if (!this.#student || this.#student.death) return
    const hung = (): Found => ({ kind: 'hung', message: deaths.hung().message })
    const threads = await this.wait(turned(this.#student), hung)
    const until = performance.now() + threadsMs
    while (threads > 0 && performance.now() < until && this.#print(0) === undefined) await delay(1)
  }

  /**
   * Resolves when the program has done all it can for now: it sleeps, and slept on between two looks.
   * A program that is never seen asleep is given five seconds, or half a one where nobody can tell.
   */
  async settled(): Promise<void> {
    const seen = this.#isDebugged ? DEBUG_LIMIT_MS : SETTLE_LIMIT_MS
    const until = performance.now() + (canTell ? seen : BLIND_SETTLE_MS)
    let before: string | undefined
    this.#settling += 1
    // Its loop has gone round: what was sent before, a reset too, has reached it.
    const hasTurned = this.#student && turned(this.#student)
    await Promise.race([hasTurned, delay(until - performance.now(), undefined, { ref: false })])
    while (performance.now() < until && !this.#student?.death) {
      // A timer may be armed: what it brings is not to be waited for here.
      const print = this.#print(0)
      const isAcked = performance.now() - this.#recorder.cameAt > ACK_MS
      const isAsleep = print !== undefined && print === before
      if (isAcked && isAsleep && (await this.#isAtLarge())) break
      before = print
      await delay(SETTLE_MS)
    }
    this.#settling -= 1
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#waiting.clear()
  }

  #schedule(delay: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#look()
      if (this.#waiting.size > 0) this.#schedule(LOOK_MS)
    }, delay)
  }

  /** What tells this moment from a later one, if nothing is happening in the program now. */
  #print(farMs: number): string | undefined {
    if (!this.#student) return undefined
    const print = asleep(this.#student.pid, farMs)
    return print && `${this.#recorder.activity}\n${print}`
  }

  #look(): void {
    const student = this.#student
    if (student?.death) return this.#failAll()
    const now = performance.now()
    const limit = this.#isDebugged ? Number.POSITIVE_INFINITY : LIMIT_MS
    for (const entry of this.#waiting) if (now - entry.since > limit) this.#fail(entry)
    if (!student) return
    if (isStopped(student.pid)) student.condemn(deaths.stopped())
    const farMs = now - this.#began + FAR_MS
    const print = this.#busy > 0 ? undefined : this.#print(farMs)
    // A test that looks whether the program has settled is about to do something.
    const isSame = print !== undefined && print === this.#last && this.#settling === 0
    // One that waits for a child may wake up between these two looks: only the next look like this one says that it slept on.
    this.#alike = isSame && !hasChildren(student.pid) ? this.#alike + 1 : 0
    this.#last = print
    if (this.#alike >= LOOKS - 1) void this.#confirm(student)
    else if (!print && !this.#isDebugged) this.#lookForLoop(student, now)
  }

  /**
   * Fails the waits of a program that is proven asleep, once its event loop has gone round all the
   * same: one that is on its way out does not do that, and its death says more. One that blocks its thread is not waited for long.
   */
  async #confirm(student: StudentProcess): Promise<void> {
    const waiting = [...this.#waiting]
    const before = this.#recorder.activity
    if (this.#isDebugged && !(await this.#isAtLarge(0))) return
    await Promise.race([turned(student), delay(CONFIRM_MS, undefined, { ref: false })])
    if (this.#recorder.activity !== before || this.#busy > 0) return
    for (const entry of waiting) if (this.#waiting.has(entry)) this.#fail(entry)
  }

  /**
   * Whether a program that seems asleep stands at no breakpoint: its event loop goes round at once. Of
   * its other threads nobody can tell; it may have `mostThreads` of them.
   */
  async #isAtLarge(mostThreads = Number.POSITIVE_INFINITY): Promise<boolean> {
    if (!this.#isDebugged || !this.#student) return true
    if (this.#asking) return false
    this.#asking = true
    const asked = performance.now()
    const threads = await turned(this.#student)
    this.#asking = false
    this.#alike = 0
    return threads <= mostThreads && performance.now() - asked < LOOK_MS
  }

  /** A program is hung when it used the processor for HOG_MS and did not find the time to answer once. */
  #lookForLoop(student: StudentProcess, now: number): void {
    const cpu = cpuMs(student.pid)
    if (!this.#ping || this.#ping.answered) {
      const ping = { sent: now, cpu, answered: false }
      this.#ping = ping
      const done = () => {
        ping.answered = true
      }
      student.request({ op: 'view' }).then(done, done)
      return
    }
    const burnt =
      cpu === undefined || this.#ping.cpu === undefined ? undefined : cpu - this.#ping.cpu
    const isHung = burnt === undefined ? now - this.#ping.sent > HOG_WALL_MS : burnt > HOG_MS
    if (isHung) student.condemn(deaths.hung())
    if (isHung) this.#failAll()
  }

  #failAll(): void {
    for (const entry of this.#waiting) this.#fail(entry)
  }

  #fail(entry: Waiting): void {
    this.#waiting.delete(entry)
    const death = this.#student?.death
    if (death) return entry.fail(new ProgramDied(death))
    const missing = entry.say()
    if (!this.#failedCall) return entry.fail(new Finding(missing))
    const { kind, message } = this.#failedCall
    const why = kind === 'no such export' ? message : `${message}; so ${missing.message}`
    entry.fail(new Finding({ ...missing, kind, message: why }))
  }
}
