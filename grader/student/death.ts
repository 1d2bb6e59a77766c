import type { MirroredError } from './protocol.ts'

/** How a student's process ended before the grader ended it. */
export type Death = {
  how: 'exited' | 'crashed' | 'killed' | 'flooded' | 'hung' | 'garbled'
  /** one sentence for a person */
  message: string
}

/** Why a request to a student's process got no answer: the process is gone. */
export class ProgramDied extends Error {
  readonly death: Death
  constructor(death: Death) {
    super(death.message)
    this.name = 'ProgramDied'
    this.death = death
  }
}

const MIB = 1024 * 1024

export const deaths = {
  exited: (code: number): Death => ({
    how: 'exited',
    message: `the program ended itself with process.exit(${code}); a server must go on, a function must return`,
  }),
  crashed: (error: MirroredError): Death => ({
    how: 'crashed',
    message: `the program crashed: ${describe(error)}${error.at ? ` at ${error.at}` : ''}; nothing caught this error`,
  }),
  killed: (signal: string): Death => ({
    how: 'killed',
    message: `the program was killed by ${signal}${signal === 'SIGKILL' || signal === 'SIGABRT' ? '; it may have run out of memory' : ''}`,
  }),
  flooded: (limit: number): Death => ({
    how: 'flooded',
    message: `the program printed more than ${limit / MIB} MiB and was stopped`,
  }),
  greedy: (limit: number): Death => ({
    how: 'killed',
    message: `the program, with all that it started, took more than ${limit / MIB} MiB of memory and was stopped`,
  }),
  hung: (): Death => ({
    how: 'hung',
    message:
      'the program is busy in a loop that never gives way: no event can be handled while it runs (is there a `while` without `await`?)',
  }),
  stopped: (): Death => ({
    how: 'killed',
    message: 'the program stopped itself (SIGSTOP) and would never have gone on',
  }),
  garbled: (why: string): Death => ({
    how: 'garbled',
    message: `the program wrote to descriptor 3, which belongs to the grader (${why}), and was stopped`,
  }),
}

/** `ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:4` without saying a code twice. */
export function describe(error: MirroredError): string {
  const text = error.message || '(no message)'
  if (error.code && !text.includes(error.code)) return `${error.code}: ${text}`
  return error.name === 'Error' ? text : `${error.name}: ${text}`
}
