/** The hostile programs of this folder, each with what must be said of it. */
import fs from 'node:fs'
import path from 'node:path'
import type { Exercise, Test } from '../../grader/verdict/result.ts'

/** What the report must say of a submission. */
export type Expected = {
  does: string
  status: Exercise['status']
  /** the status of every test; of those that `tests` names, all others passing; of neither said, at least one must fail */
  every?: Test['status']
  tests?: Record<string, Test['status']>
  /** what the message of every test that does not pass must say */
  says?: RegExp
}

const programs = path.join(import.meta.dirname, 'programs')
/** Handed in beside each of them; see there. */
export const ACCOMPLICE = path.join(programs, 'accomplice.ts')

/** The programs by name: the text of each, and what its header says of it. */
export function readPrograms(): Record<string, Expected & { source: string; exercise: string }> {
  const files = fs.readdirSync(programs).filter((file) => file !== path.basename(ACCOMPLICE))
  return Object.fromEntries(
    files.map((file) => {
      const source = fs.readFileSync(path.join(programs, file), 'utf8')
      return [path.basename(file, '.ts'), { source, ...readHeader(file, source) }]
    }),
  )
}

const KEYS = ['does', 'node', 'exercise', 'status', 'fail', 'timeout', 'crash', 'says']
const STATUSES = ['pass', 'fail', 'missing']

function readHeader(file: string, source: string): Expected & { exercise: string } {
  const header = new Map<string, string>()
  for (const line of source.split('\n')) {
    const [, key = '', value = ''] = /^\/\/ (\w+): (.+)$/.exec(line) ?? []
    if (!key) break
    if (!KEYS.includes(key))
      throw new Error(`${file}: its header has “${key}”, which means nothing`)
    header.set(key, value)
  }
  const [does, exercise, status = '', says] = ['does', 'exercise', 'status', 'says'].map((key) =>
    header.get(key),
  )
  if (!does || !exercise || !STATUSES.includes(status)) {
    throw new Error(`${file}: its header lacks what it does, an exercise or a status`)
  }
  const expected: Expected & { exercise: string } = {
    does,
    exercise,
    status: status as Exercise['status'],
  }
  if (says) expected.says = new RegExp(says)
  for (const kind of ['fail', 'timeout', 'crash'] as const) {
    const titles = header.get(kind)
    if (titles === 'every test') expected.every = kind
    else if (titles) expected.tests = { ...expected.tests, [titles]: kind }
  }
  return expected
}
