import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { MirroredError } from './protocol.ts'

/**
 * Describes anything that was thrown, an Error or not, in plain data. `file` is the student's: the
 * first frame in its folder becomes `at`. Never throws, whatever getters the value has.
 */
export function mirror(thrown: unknown, file: string): MirroredError {
  try {
    if (!(thrown instanceof Error) && (typeof thrown !== 'object' || thrown === null)) {
      return { name: 'a thrown value', message: String(thrown) }
    }
    const error = thrown as NodeJS.ErrnoException & { errors?: unknown[] }
    const mirrored: MirroredError = {
      name: String(error.name ?? 'Error'),
      // An AggregateError of a connect that tried several addresses has no message of its own.
      message: String(error.message || describeParts(error.errors)),
    }
    if (error.code !== undefined) mirrored.code = String(error.code)
    if (typeof error.errno === 'number') mirrored.errno = error.errno
    if (error.syscall !== undefined) mirrored.syscall = String(error.syscall)
    const at = frameIn(String(error.stack ?? ''), file)
    if (at) mirrored.at = at
    return mirrored
  } catch {
    return { name: 'a thrown value', message: 'it cannot be described: reading it throws' }
  }
}

function describeParts(errors: unknown): string {
  if (!Array.isArray(errors)) return ''
  return errors.map((part) => (part instanceof Error ? part.message : String(part))).join('; ')
}

function frameIn(stack: string, file: string): string | undefined {
  if (file === '') return undefined
  const folder = path.dirname(file) + path.sep
  // ES modules stand in stacks as URLs, where a space is %20
  const url = pathToFileURL(folder).href
  for (const line of stack.split('\n')) {
    const [before, rest] = line.includes(url) ? line.split(url) : line.split(folder)
    if (before === undefined || rest === undefined) continue
    const found = /^([^():]+):(\d+)(?::(\d+))?/.exec(rest)
    if (found) return `${found[1]}:${found[2]}${found[3] ? `:${found[3]}` : ''}`
  }
  return undefined
}
