import type { Log } from './log.ts'
import type { Partner } from './partner.ts'
import type { Place } from './place.ts'

/** All that goes on at one place: who is there, and the news of it. */
export class Exchange {
  readonly place: Place
  readonly log: Log
  /** whether what comes is kept until it is expected */
  readonly keeps: boolean
  /** those that are there, in the order in which they came */
  readonly partners: Partner[] = []
  /** all that ever came */
  readonly known: Partner[] = []
  /** who sent something last */
  latest: Partner | undefined
  /** in words: where it listens, or whom it is connected with */
  where = ''
  /** ends the socket that all partners share, if there is one */
  closeShared: () => void = () => {}
  #changed = Promise.withResolvers<void>()

  constructor(place: Place, log: Log, keeps: boolean) {
    this.place = place
    this.log = log
    this.keeps = keeps
  }

  /** Resolves when anything happens next. */
  get changed(): Promise<void> {
    return this.#changed.promise
  }

  announce(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }

  add(partner: Partner): void {
    this.partners.push(partner)
    this.known.push(partner)
    this.announce()
  }

  remove(partner: Partner): void {
    const at = this.partners.indexOf(partner)
    if (at >= 0) this.partners.splice(at, 1)
    this.announce()
  }

  /** Whether nobody is there and nobody can come. */
  get isOver(): boolean {
    return !this.place.isServer && this.partners.length === 0
  }

  async close(isHurried = false): Promise<void> {
    const closed = this.partners.map((partner) => partner.close(isHurried))
    this.closeShared()
    this.closeShared = () => {}
    await Promise.all(closed)
  }
}
