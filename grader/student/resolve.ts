import { registerHooks } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { HostSetup } from './protocol.ts'

/**
 * Makes the course's own libraries resolve wherever a submission lies, and hands Node the JavaScript
 * that the grader made of the submission's files (`sources`, by path; filled before the import). Whatever package.json or node_modules lies
 * beside a submission is not asked: every .ts file is an ES module.
 */
export function resolveForSubmission(
  { packages }: HostSetup,
  sources: ReadonlyMap<string, string>,
): void {
  registerHooks({
    resolve(specifier, context, next) {
      const home = packages[specifier]
      if (home === undefined) return next(specifier, context)
      return next(specifier, { ...context, parentURL: pathToFileURL(home).href })
    },
    load(url, context, next) {
      if (!url.startsWith('file:')) return next(url, context)
      const source = sources.get(fileURLToPath(url))
      if (source !== undefined) return { format: 'module', source, shortCircuit: true }
      if (url.endsWith('.ts')) return next(url, { ...context, format: 'module-typescript' })
      return next(url, context)
    },
  })
}
