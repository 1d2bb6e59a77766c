import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { mergeScriptCovs, type ScriptCov } from '@bcoe/v8-coverage'
import { root } from '../../grader/manifest.ts'

/**
 * How a script came to be, and so how its offsets are to be read:
 * `node` stripped in place by Node or for a host, `vite` translated and wrapped by vitest,
 * `host` bundled by buildHost.
 */
export type Way = 'node' | 'vite' | 'host'

/** What was executed of one script, in all processes together. */
export type Script = { way: Way; file: string; coverage: ScriptCov }

/** What buildHost calls its file. */
const HOST = 'host.mjs'

/** What vitest puts before the function that it wraps a module in. */
const VITEST_HEAD = "'use strict';".length

/** Everything that was written to `folder`, merged: one Script for each way and text of a file. */
export function readScripts(folder: string): { scripts: Script[]; files: number } {
  const found = new Map<string, { script: Omit<Script, 'coverage'>; all: ScriptCov[] }>()
  const names = fs.readdirSync(folder).filter((name) => name.endsWith('.json'))
  for (const name of names) {
    const { result } = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')) as {
      result: ScriptCov[]
    }
    for (const coverage of result) {
      if (!coverage.url.startsWith('file:')) continue
      const file = homeOf(fileURLToPath(coverage.url))
      if (file === undefined) continue
      const length = coverage.functions[0]?.ranges[0]?.endOffset ?? 0
      const way = wayOf(file, length, coverage)
      const key = `${way} ${length} ${file}`
      const entry = found.get(key) ?? { script: { way, file }, all: [] }
      entry.all.push({ ...coverage, url: entry.script.file })
      found.set(key, entry)
    }
  }
  const scripts = [...found.values()].flatMap(({ script, all }) => {
    const coverage = mergeScriptCovs(all)
    return coverage ? [{ ...script, coverage }] : []
  })
  return { scripts, files: names.length }
}

/**
 * The file of this checkout that a script is a copy of, if it is one whose lines count. Hosts lie in
 * folders of their own, course copies (test/grader/course-copy.ts) in the system's temporary folder.
 */
function homeOf(file: string): string | undefined {
  if (path.basename(file) === HOST) return HOST
  const inCopy = path.relative(os.tmpdir(), file).split(path.sep)
  const isCopy = inCopy[0] !== '..'
  const home = isCopy ? inCopy.slice(1).join(path.sep) : path.relative(root, file)
  return /^(grader|solutions)\b/.test(home) ? path.join(root, home) : undefined
}

function wayOf(file: string, length: number, { functions }: ScriptCov): Way {
  if (file === HOST) return 'host'
  const isWrapped = functions.some(
    ({ ranges: [range] }) => range?.startOffset === VITEST_HEAD && range.endOffset === length,
  )
  return isWrapped ? 'vite' : 'node'
}
