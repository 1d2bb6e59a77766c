/** A sample of the class, each program graded by a `vitest run` process of its own. */
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { root } from '../../../grader/manifest.ts'
import type { Kind, Program } from './make.ts'

const config = path.join(import.meta.dirname, 'alone.config.ts')
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')

/** Grades these programs, `jobs` at a time; resolves with the seconds that it took. */
export async function gradeAlone(programs: readonly Program[], jobs: number): Promise<number> {
  const began = performance.now()
  const left = programs.values()
  const lane = async () => {
    for (const program of left) await gradeOne(program)
  }
  await Promise.all(Array.from({ length: jobs }, lane))
  return (performance.now() - began) / 1000
}

const due: Record<Kind, RegExp> = {
  solution: /^ +Tests +\d+ passed/m,
  mistake: /^ +Tests +\d+ failed/m,
  stub: /^ +Tests +\d+ failed/m,
}

function gradeOne({ student, exercise, file, kind }: Program): Promise<void> {
  const folder = fs.mkdtempSync(path.join(path.dirname(file), '../../../../alone-'))
  const { PATH, HOME } = process.env
  const env = { PATH, HOME, NO_COLOR: '1', BENCH_FILE: file, BENCH_HIDDEN: exercise.hidden }
  return new Promise((resolve, reject) => {
    const args = [vitest, 'run', '--no-cache', '--config', config]
    const options = { cwd: root, env: { ...env, BENCH_FOLDER: folder }, maxBuffer: 2 ** 28 }
    execFile(process.execPath, args, options, (_, stdout, stderr) => {
      fs.rmSync(folder, { recursive: true, force: true })
      if (due[kind].test(stdout)) return resolve()
      reject(
        new Error(`vitest run of ${student}’s ${exercise.id}, a ${kind}:\n${stdout}\n${stderr}`),
      )
    })
  })
}
