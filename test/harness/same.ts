import { isDeepStrictEqual } from 'node:util'
import { Finding } from '../../grader/wire/finding.ts'
import { show } from './show.ts'
import { StudentError } from './student-error.ts'

/** Fails unless `got` is deeply equal to `expected`; `what` names the value: `the resolved text`. */
export function same(got: unknown, expected: unknown, what: string): void {
  if (isDeepStrictEqual(got, expected)) return
  const isText = typeof got === 'string' && typeof expected === 'string'
  throw new Finding({
    kind: 'wrong value',
    message: `${what} is not the one that was due`,
    expected: isText ? Buffer.from(expected) : show(expected),
    got: isText ? Buffer.from(got) : show(got),
  })
}

/**
 * The same for a value of which the contract names all fields but forbids no others: what an object has besides
 * those of `expected` is its own affair.
 */
export function sameFields(got: unknown, expected: unknown, what: string): void {
  same(fieldsOf(got, expected), expected, what)
}

function fieldsOf(got: unknown, expected: unknown): unknown {
  if (Array.isArray(got) && Array.isArray(expected))
    return got.map((one, i) => fieldsOf(one, expected[i]))
  if (!isPlain(got) || !isPlain(expected)) return got
  const fields = Object.entries(got).filter(([name]) => name in expected)
  return Object.fromEntries(fields.map(([name, value]) => [name, fieldsOf(value, expected[name])]))
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && value.constructor === Object
}

/**
 * The error with which a call of the student's failed. A call that resolves is a Finding; one that
 * ends in any other way (a crash, no answer) fails as that. `due` names what was to happen.
 */
export async function rejection(call: Promise<unknown>, due: string): Promise<StudentError> {
  let value: unknown
  try {
    value = await call
  } catch (error) {
    if (error instanceof StudentError) {
      error.expect()
      return error
    }
    throw error
  }
  throw new Finding({
    kind: 'resolved',
    message: `the promise resolved where ${due}`,
    got: show(value),
  })
}
