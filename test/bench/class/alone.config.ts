/** One program under plain `vitest run`, which knows no warm worker: what a course without a grader would do. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { buildHost } from '../../../grader/student/sources.ts'

const { BENCH_FILE: file = '', BENCH_HIDDEN = '', BENCH_FOLDER = os.tmpdir() } = process.env
const folder = fs.mkdtempSync(path.join(BENCH_FOLDER, 'alone-'))
const scratch = path.join(folder, 'scratch')
fs.mkdirSync(scratch)
const root = path.resolve(import.meta.dirname, '../../..')

export default defineConfig({
  test: {
    root,
    include: [path.relative(root, BENCH_HIDDEN)],
    setupFiles: [path.join(root, 'test/harness/setup.ts')],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    provide: {
      submission: {
        file,
        isolation: 'node',
        host: buildHost(folder),
        scratch,
        seed: 'golden',
        run: 1,
        isAhead: true,
      },
    },
  },
})
