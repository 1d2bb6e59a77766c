import { EventEmitter } from 'node:events'
import type { SessionMessage } from '../../grader/session.ts'
import type { Verdict } from '../../grader/verdict/result.ts'

/** The student's session, as far as it was told. Emits each `message` when it has been taken in. */
export class Session extends EventEmitter<{ message: [SessionMessage] }> {
  /** the id of the exercise that is being worked on */
  current: string
  /** what the last run of each exercise found, by id */
  readonly verdicts = new Map<string, Verdict>()

  constructor(current: string) {
    super()
    this.current = current
  }

  take(message: SessionMessage): void {
    if (message.event === 'current') this.current = message.id
    if (message.event === 'verdict') this.verdicts.set(message.id, message.verdict)
    this.emit('message', message)
  }
}
