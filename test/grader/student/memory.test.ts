import { expect } from 'vitest'
import { forgetPeak, residentBytes } from '../../../grader/student/memory.ts'
import { call, test } from './program.ts'

const MIB = 1024 * 1024
const PROGRAM = `
export async function take(bytes: number) { return Buffer.alloc(bytes, 1).length }
`

test.runIf(process.platform === 'linux')('a peak between two looks is seen', async ({ run }) => {
  const student = await run(PROGRAM)
  const before = residentBytes(student.pid)?.now ?? 0
  forgetPeak(student.pid)
  await call(student, 'take', 100 * MIB)
  expect((residentBytes(student.pid)?.peak ?? 0) - before).toBeGreaterThan(90 * MIB)
})

test('of a process that is gone nothing is told', () => {
  expect(residentBytes(2 ** 30)).toBeUndefined()
  expect(() => forgetPeak(2 ** 30)).not.toThrow()
})
