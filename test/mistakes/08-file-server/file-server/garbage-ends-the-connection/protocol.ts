// bug: a line that is no JSON throws a SyntaxError that nobody turns into an answer, and the connection is dropped
// catalogue: -
// fails: accounts: goes on after a line that is no request
// lesson: One line, one request
/** What both ends must agree on. */

/** The longest line, without its newline, that the server takes from a client, in bytes. */
export const MOST_LINE = 64 * 1024

/** What the server says first. */
export const GREETING = { server: 'course-files', version: 1 }

export type Code =
  | 'auth-failed'
  | 'login-first'
  | 'bad-request'
  | 'unknown-op'
  | 'forbidden'
  | 'not-found'
  | 'exists'
  | 'is-a-directory'
  | 'not-a-directory'
  | 'quota-exceeded'
  | 'bad-offset'
  | 'checksum-mismatch'
  | 'line-too-long'

export type Message = Record<string, unknown>

export type Entry = { name: string; type: 'file' | 'dir'; size: number }

/** A request that the server refuses: thrown where the reason is found, sent where requests are read. */
export class Refusal extends Error {
  readonly code: Code
  readonly details: Message

  constructor(code: Code, details: Message = {}) {
    super(code)
    this.code = code
    this.details = details
  }
}

const REFUSED_BY_SYSTEM: Partial<Record<string, Code>> = {
  ENOENT: 'not-found',
  ELOOP: 'not-found',
  ENOTDIR: 'not-a-directory',
  EISDIR: 'is-a-directory',
  EEXIST: 'exists',
  ENOTEMPTY: 'is-a-directory',
  ENAMETOOLONG: 'bad-request',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  ENXIO: 'forbidden',
  ERR_ACCESS_DENIED: 'forbidden',
}

/** The refusal that an error stands for. Undefined for a broken connection, a full disk, a bug. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  const code = REFUSED_BY_SYSTEM[(error as NodeJS.ErrnoException).code ?? '']
  return code && new Refusal(code)
}

/** The JSON object in a line, or a `bad-request`. */
export function parse(line: Buffer): Message {
  const value: unknown = JSON.parse(line.toString())
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal('bad-request')
  }
  return value as Message
}
