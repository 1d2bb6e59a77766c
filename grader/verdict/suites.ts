import fs from 'node:fs'
import path from 'node:path'
import type { Vite } from 'vitest/node'
import { root } from '../manifest.ts'
import { readOpenOrSealed, sealOf } from './seal.ts'

const folder = path.join(root, 'test/hidden/')

/**
 * How vitest reads hidden tests: as files where they lie open, out of their seals where they do not.
 * What it makes of them stays in memory. Vitest would keep it in node_modules for the next run, where
 * every student's program may read.
 */
export function hiddenSuites(): Vite.Plugin {
  return {
    name: 'course:hidden-suites',
    enforce: 'pre',
    configureVitest({ defineCacheKeyGenerator }) {
      defineCacheKeyGenerator(({ id }) => (id.startsWith(folder) ? false : undefined))
    },
    // Vite names a file below its root by the path from there.
    resolveId: (id) => [id, path.join(root, id)].find(isSealed),
    load: (id) => (isSealed(id) ? readOpenOrSealed(id) : undefined),
  }
}

function isSealed(file: string): boolean {
  return file.startsWith(folder) && !fs.existsSync(file) && fs.existsSync(sealOf(file))
}
