import { inspect } from 'node:util'

/** A value in one line, as a person would write it; long ones are cut. */
export function show(value: unknown): string {
  if (value instanceof URL) return value.href
  const text = inspect(value, {
    breakLength: Number.POSITIVE_INFINITY,
    depth: 4,
    maxStringLength: 40,
    maxArrayLength: 20,
  })
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}
