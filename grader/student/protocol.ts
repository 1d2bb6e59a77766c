import type { Level } from './sockopt-names.ts'

/** What the grader asks of a host. */
export type Request =
  | { id: number; op: 'import'; file: string; sources: Record<string, string> }
  | { id: number; op: 'call' | 'construct'; name: string; args: unknown[] }
  | { id: number; op: 'method'; handle: number; name: string; args: unknown[] }
  | { id: number; op: 'release' }
  | { id: number; op: 'view' }
  | { id: number; op: 'turn' }
  | { id: number; op: 'listening' }
  | { id: number; op: 'end threads' }
  | { id: number; op: 'option'; of: OptionOwner; level: Level; name: string }

/** Whose option: an object that was handed out, or the accepted connection whose peer has this port. */
export type OptionOwner = { handle: number } | { peerPort: number }

/** What a host answers; `id` is the request's. */
export type Reply =
  | { id: number; ok: true; value: unknown }
  | { id: number; ok: true; handle: Handle }
  | { id: number; ok: false; how: How; error: MirroredError }

/** An object of the student's that stays in the host: a server, a socket, an instance. */
export type Handle = { number: number; type: string; address: unknown }

/** In which way a call failed. The first two are the program's own doing and may be what a test wants. */
export type How = (typeof HOWS)[number]

const HOWS = [
  'threw',
  'rejected',
  'not loaded',
  'no such export',
  'not serialisable',
  'no such method',
] as const

/** An error of the student's process, as far as it can be told elsewhere. */
export type MirroredError = {
  name: string
  message: string
  code?: string
  errno?: number
  syscall?: string
  /** the first stack frame in the student's own file, as `main.ts:12:5` */
  at?: string
}

/** Longer texts of a host's are cut, in characters: they end in messages, which people read. */
const LONGEST = 2_000

/**
 * What a host sent, if it has the form of a reply. A program can write to the channel as well as the host can,
 * so nothing of it is taken on trust; a value is whatever it is, and a test looks at it.
 */
export function readReply(sent: unknown): Reply | undefined {
  if (!isRecord(sent) || typeof sent.id !== 'number') return undefined
  const { id, ok, value, handle, how, error } = sent
  if (ok === true && 'value' in sent) return { id, ok, value }
  if (ok === true && isRecord(handle) && typeof handle.number === 'number') {
    const { number, type, address } = handle
    return { id, ok, handle: { number, type: textOf(type), address } }
  }
  const known = HOWS.find((one) => one === how)
  if (ok === false && known) return { id, ok, how: known, error: readError(error) }
  return undefined
}

/** What was sent in an error's place, as one. */
export function readError(sent: unknown): MirroredError {
  const { name, message, code, errno, syscall, at } = isRecord(sent) ? sent : {}
  return {
    name: textOf(name) || 'Error',
    message: textOf(message),
    ...(code !== undefined && { code: textOf(code) }),
    ...(typeof errno === 'number' && { errno }),
    ...(syscall !== undefined && { syscall: textOf(syscall) }),
    ...(at !== undefined && { at: textOf(at) }),
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') return ''
  return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value
}

/** What the runtime says of the student's process. Sizes in bytes. */
export type RuntimeView = {
  /**
   * what keeps the event loop alive (process.getActiveResourcesInfo, and `Worker` for each worker that was
   * not unref'd), the host's own parts left out
   */
  resources: string[]
  /** worker threads that live */
  threads: number
  memory: { rss: number; heapUsed: number; external: number; arrayBuffers: number }
  /** bytes that were written to the main thread's TCP sockets and wait in the process for the kernel to take them */
  queued: number
  /** processor time used so far, by all threads, in milliseconds */
  cpuMs: number
}

/** Given to a host at its start, as JSON in an environment variable. */
export type HostSetup = {
  /** folders whose packages a submission may import, wherever it lies */
  packages: Record<string, string>
}

/** A URL is no structured-clone value: as an argument it travels as its text, under this name. */
const URL_TEXT = 'course-url'

export function packArgument(argument: unknown): unknown {
  return argument instanceof URL ? { [URL_TEXT]: argument.href } : argument
}

export function unpackArgument(packed: unknown): unknown {
  const isUrl = typeof packed === 'object' && packed !== null && URL_TEXT in packed
  return isUrl ? new URL(String(packed[URL_TEXT])) : packed
}
