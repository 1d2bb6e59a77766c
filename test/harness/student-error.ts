import type { MirroredError } from '../../grader/student/protocol.ts'

/** The program's own rejection or exception, with the fields that contracts speak of. */
export class StudentError extends Error {
  readonly how: 'threw' | 'rejected'
  readonly code: string | undefined
  readonly errno: number | undefined
  readonly syscall: string | undefined
  readonly at: string | undefined
  /** A test that asked for this says so: then nothing later is explained by it. */
  readonly expect: () => void
  constructor(how: 'threw' | 'rejected', error: MirroredError, expect: () => void) {
    super(error.message)
    this.expect = expect
    this.name = error.name
    this.how = how
    this.code = error.code
    this.errno = error.errno
    this.syscall = error.syscall
    this.at = error.at
  }
}
