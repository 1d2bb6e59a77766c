/**
 * The ways from a written program to an answer that the bench compares. Each runs the whole exercise
 * once, resolves with the milliseconds it took and rejects unless every test passed.
 */
import { execFile } from 'node:child_process'
import path from 'node:path'
import { type ExerciseInfo, root } from '../../grader/manifest.ts'

export type Way = { readonly name: string; run(): Promise<number> }

/** A way hung rather than slow: no run comes near it, loaded machine or not. In milliseconds. */
const LIMIT_MS = 120_000

const here = import.meta.dirname
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')

/** The three that a course without a grader has. All three run the same checks, from bare/ID.ts. */
export function coldWays({ id }: ExerciseInfo, tests: number): Way[] {
  return [
    spawned('bare', [path.join(here, 'bare', `${id}.ts`)], /^pass (\d+)$/m),
    spawned('node --test', ['--test', path.join(here, 'under-node.test.ts')], /^\S* ?pass (\d+)$/m),
    spawned(
      'vitest run',
      [vitest, 'run', '--no-cache', '--root', here, 'under-vitest'],
      /^ +Tests +(\d+) passed \(\1\)$/m,
    ),
  ]

  function spawned(name: string, args: string[], passed: RegExp): Way {
    // Nothing of the bench's own (a coverage run, colours) may slow a program down or change its words.
    const { PATH, HOME, TMPDIR } = process.env
    const env = { PATH, HOME, ...(TMPDIR && { TMPDIR }), NO_COLOR: '1', BENCH_ID: id }
    const run = () =>
      new Promise<number>((resolve, reject) => {
        const began = performance.now()
        const options = { cwd: root, env, timeout: LIMIT_MS }
        execFile(process.execPath, args, options, (error, stdout, stderr) => {
          const ms = performance.now() - began
          if (!error && Number(passed.exec(stdout)?.[1]) === tests) return resolve(ms)
          const why = error ? error.message : `not ${tests} tests passed`
          reject(new Error(`${name} of ${id}: ${why}\n${stdout}\n${stderr}`))
        })
      })
    return { name, run }
  }
}

/** The titles of an exercise's checks, to be compared with those of its hidden tests. */
export async function titlesOf({ id }: ExerciseInfo): Promise<string[]> {
  const { checks } = await import(path.join(here, 'bare', `${id}.ts`))
  return Object.keys(checks)
}
