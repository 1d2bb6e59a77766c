/** Why a submission, or a part of one, is not read: a clause that goes on after its name, for people. */
export class Refusal extends Error {}

/** An error as such a clause. Never throws: one unreadable submission is one row of the report. */
export function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.message
  const { code, message, path = 'it' } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return `there is nothing at ${path}`
  if (code === 'EACCES' || code === 'EPERM') return `you are not allowed to read ${path} (${code})`
  return `it cannot be read: ${code ?? message}`
}

/** A name that somebody else chose, safe to print and of bearable length. */
export function shown(name: string): string {
  const escaped = JSON.stringify(name).slice(1, -1)
  return `“${escaped.length > 80 ? `${escaped.slice(0, 80)}…` : escaped}”`
}
