import { setImmediate as turn } from 'node:timers/promises'
import { Finding, type Found } from '../../../grader/wire/finding.ts'
import type { Waiter } from '../../../grader/wire/peer.ts'

/** A Waiter for where both ends are the test's own: a wait ends when the test says that nothing will come. */
export class PlainWaiter implements Waiter {
  readonly #waiting = new Set<() => void>()
  #began = Promise.withResolvers<void>()

  async wait<T>(promise: Promise<T>, say: () => Found): Promise<T> {
    const given = Promise.withResolvers<never>()
    const giveUp = () => given.reject(new Finding(say()))
    this.#waiting.add(giveUp)
    this.#began.resolve()
    try {
      return await Promise.race([promise, given.promise])
    } finally {
      this.#waiting.delete(giveUp)
    }
  }

  /** Ends all waits as if it were proven that nothing comes; waits for a first one if there is none. */
  async nothingComes(): Promise<void> {
    while (this.#waiting.size === 0) {
      this.#began = Promise.withResolvers()
      await this.#began.promise
    }
    for (const giveUp of this.#waiting) giveUp()
  }

  busy<T>(work: () => Promise<T>): Promise<T> {
    return work()
  }

  async turn(): Promise<void> {
    await turn()
    await turn()
  }

  settled(): Promise<void> {
    return this.turn()
  }
}

/** What a promise that must fail with a Finding found. */
export async function found(promise: Promise<unknown>): Promise<Finding['finding']> {
  const error = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (error instanceof Finding) return error.finding
  throw new Error('no Finding was thrown', { cause: error })
}
