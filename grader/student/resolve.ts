import { registerHooks } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** What a submission's modules are made of. */
export type Modules = {
  /** for each specifier of a library of the course's, a file from which it resolves */
  packages: Record<string, string>
  /** JavaScript that the grader made of the submission's files, by path */
  sources: Record<string, string>
}

/** Under this name the first thread gives its Modules to the others (setEnvironmentData). */
export const SHARED = 'course-modules'

/**
 * Makes the course's own libraries resolve wherever a submission lies, and hands Node the JavaScript
 * that the grader made of the submission's files (they may be filled in until the first import).
 * Whatever package.json or node_modules lies beside a submission is not asked: every .ts file is an
 * ES module.
 */
export function resolveForSubmission(modules: Modules): void {
  registerHooks({
    resolve(specifier, context, next) {
      const home = modules.packages[specifier]
      if (home === undefined) return next(specifier, context)
      return next(specifier, { ...context, parentURL: pathToFileURL(home).href })
    },
    load(url, context, next) {
      if (!url.startsWith('file:')) return next(url, context)
      const source = modules.sources[fileURLToPath(url)]
      if (source !== undefined) return { format: 'module', source, shortCircuit: true }
      if (url.endsWith('.ts')) return next(url, { ...context, format: 'module-typescript' })
      return next(url, context)
    },
  })
}
