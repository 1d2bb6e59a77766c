import path from 'node:path'
import { build } from 'esbuild'
import { BadCall } from '../exit.ts'
import { type ExerciseInfo, root } from '../manifest.ts'
import { stagesOf, type Verdict } from '../verdict/result.ts'
import { Runner } from '../verdict/run.ts'

/** The titles of an exercise's hidden tests, in order; by stage where it has stages. */
export type Titles = { name?: string; titles: string[] }[]

/**
 * An exercise's suite with its own modules as one JavaScript file that lies where the suite lies. The
 * harness is not in it: its setup file and all suites share the one that the handout has.
 */
export async function compileSuite({ hidden }: ExerciseInfo): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [hidden],
    // Paths from here are in its output, and that is to be the same wherever the command was called.
    absWorkingDir: root,
    outfile: hidden,
    allowOverwrite: true,
    write: false,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'esnext',
    packages: 'external',
    external: [path.join(root, 'test/harness/index.ts')],
    legalComments: 'none',
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}

/** The titles of all hidden tests, as vitest finds them, by the exercise's id. */
export async function collectTitles(
  exercises: readonly ExerciseInfo[],
): Promise<Record<string, Titles>> {
  const runner = new Runner()
  try {
    const found: Record<string, Titles> = {}
    for (const exercise of exercises) {
      // The untouched stub: its tests are named and not run.
      const verdict = await runner.run(exercise, { file: exercise.stub })
      if (verdict.status !== 'missing') throw new BadCall(`${exercise.id}: ${verdict.message}`)
      found[exercise.id] = titlesOf(verdict)
    }
    return found
  } finally {
    await runner.close()
  }
}

function titlesOf(verdict: Verdict): Titles {
  const stages = stagesOf(verdict)
  if (stages.length === 0) return [{ titles: verdict.outcomes.map(({ title }) => title) }]
  return stages.map(({ name, outcomes }) => ({
    name,
    titles: outcomes.map(({ title }) => title.slice(`${name}: `.length)),
  }))
}
