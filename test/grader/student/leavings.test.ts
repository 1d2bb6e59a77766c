/** Whatever a program left in a folder, the folder goes. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { removeLeavings } from '../../../grader/student/leavings.ts'

test('a folder goes that nobody may enter, and one that is too deep for any path', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'leavings-'))
  const locked = path.join(folder, 'locked')
  fs.mkdirSync(path.join(locked, 'inner'), { recursive: true })
  fs.chmodSync(locked, 0)
  // Each half of the path is short enough for one call; together they are longer than PATH_MAX, 4096 bytes.
  const name = 'x'.repeat(200)
  const deep = (top: string) => path.join(top, ...Array.from({ length: 15 }, () => name))
  for (const half of ['a', 'b']) fs.mkdirSync(deep(path.join(folder, half)), { recursive: true })
  fs.renameSync(path.join(folder, 'b'), path.join(deep(path.join(folder, 'a')), 'b'))
  removeLeavings(folder)
  expect(fs.existsSync(folder)).toBe(false)
})

test('a folder that is not there is no trouble', () => {
  removeLeavings(path.join(os.tmpdir(), 'there-is-no-such-folder'))
})
