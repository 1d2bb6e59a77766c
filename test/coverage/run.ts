/**
 * `npm run coverage`: which lines of grader/ and solutions/ the project's own tests execute, in whatever
 * process. Every Node that is started under NODE_V8_COVERAGE writes what it executed when it ends: the
 * threads of this vitest, the workers that grade, the vitest inside them, hosts, the command itself.
 * Vitest's own coverage would see the first of these only.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { CoverageMap } from '@vitest/istanbul-lib-coverage'
import { createAsync, createContext } from '@vitest/istanbul-lib-report'
import { root } from '../../grader/manifest.ts'
import { Converter } from './convert.ts'
import { readScripts } from './read.ts'

/** Lines covered, in per cent: what was reached when they were last set, rounded down. */
const THRESHOLDS = { grader: 96, solutions: 99 }
/** A run that takes longer is broken, in milliseconds. */
const LIMIT_MS = 900_000

// A host's text names its parts relative to the folder in which it is built.
process.chdir(root)
const raw = fs.mkdtempSync(path.join(os.tmpdir(), 'coverage-'))
try {
  const passed = await runTests(process.argv.slice(2))
  const isEnough = await report()
  process.exitCode = passed && isEnough ? 0 : 1
} finally {
  fs.rmSync(raw, { recursive: true, force: true })
}

/** Runs the project's tests in threads: a thread writes its coverage when vitest ends it, a fork does not. */
async function runTests(args: string[]): Promise<boolean> {
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
  const config = path.join(import.meta.dirname, 'vitest.config.ts')
  const tests = spawn(process.execPath, [vitest, 'run', '--config', config, ...args], {
    cwd: root,
    env: { ...process.env, NODE_V8_COVERAGE: raw },
    stdio: 'inherit',
    timeout: LIMIT_MS,
  })
  const [code] = await once(tests, 'exit')
  return code === 0
}

/** Writes coverage/, prints a table; whether each folder has as many lines covered as it must. */
async function report(): Promise<boolean> {
  await using converter = await Converter.create()
  const { scripts, files } = readScripts(raw)
  const coverageMap = await converter.convert(scripts)
  const context = createContext({ dir: path.join(root, 'coverage'), coverageMap })
  for (const name of ['text', 'html', 'json-summary'] as const) {
    const reporter = await createAsync(name, { projectRoot: root, maxCols: 100 })
    reporter.execute(context)
  }
  console.log(
    `${files} processes and threads wrote what they executed; ${converter.dropped} scripts of other text`,
  )
  let isEnough = true
  for (const [folder, due] of Object.entries(THRESHOLDS)) {
    const lines = linesOf(coverageMap, path.join(root, folder) + path.sep)
    const verdict = lines.pct >= due ? 'enough' : 'TOO LITTLE'
    console.log(
      `${folder.padEnd(10)} ${lines.covered}/${lines.total} lines, ${lines.pct} %; due ${due} %: ${verdict}`,
    )
    isEnough &&= lines.pct >= due
  }
  return isEnough
}

function linesOf(coverageMap: CoverageMap, folder: string) {
  const files = coverageMap.files().filter((file) => file.startsWith(folder))
  const hits = files.flatMap((file) =>
    Object.values(coverageMap.fileCoverageFor(file).getLineCoverage()),
  )
  const covered = hits.filter((count) => count > 0).length
  return {
    covered,
    total: hits.length,
    pct: Math.floor((1000 * covered) / Math.max(1, hits.length)) / 10,
  }
}
