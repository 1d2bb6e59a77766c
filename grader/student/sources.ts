import fs from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import path from 'node:path'
import { buildSync, transformSync } from 'esbuild'

/** What is read of a submission at most: files, and bytes of one file. */
const MOST_FILES = 200
const MOST_BYTES = 1024 * 1024

/**
 * JavaScript for the .ts files of a submission, by path. It is made here, in the grader, because
 * loading the stripper would cost every student's process as long as everything else it does.
 * Node's own stripping keeps each line and column where it was; what it refuses (`enum`) is
 * translated by esbuild, as tsx does. A file with a syntax error is left out: Node reports it best.
 */
export function prepare(folder: string): Record<string, string> {
  return stripAll(typescriptFiles(folder))
}

/** The same for what `#sockopt` is made of: it is loaded like a file of the submission. */
export function ownSources(): Record<string, string> {
  own ??= stripAll(
    ['sockopt.ts', 'sockopt-names.ts'].map((name) => path.join(import.meta.dirname, name)),
  )
  return own
}

let own: Record<string, string> | undefined

function stripAll(files: string[]): Record<string, string> {
  const prepared: Record<string, string> = {}
  for (const file of files) {
    const code = strip(file)
    if (code !== undefined) prepared[file] = code
  }
  return prepared
}

/**
 * The host program and what is loaded before it, each as one JavaScript file in `folder`, so that
 * they start without stripping themselves. Returns the host's.
 */
export function buildHost(folder: string): string {
  buildSync({
    entryPoints: ['host.ts', 'preload.ts'].map((name) => path.join(import.meta.dirname, name)),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['#sockopt'],
    // Read at each start, it would cost every process a fifth of all it takes.
    sourcemap: process.env.NODE_V8_COVERAGE ? 'inline' : false,
  })
  return path.join(folder, 'host.mjs')
}

function strip(file: string): string | undefined {
  const source = fs.readFileSync(file, 'utf8')
  try {
    return stripTypeScriptTypes(source)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX')
      return undefined
  }
  try {
    const options = { loader: 'ts', format: 'esm', target: 'esnext', tsconfigRaw: {} } as const
    return transformSync(source, { ...options, sourcemap: 'inline', sourcefile: file }).code
  } catch {
    return undefined
  }
}

function typescriptFiles(folder: string): string[] {
  const found: string[] = []
  const visit = (place: string) => {
    for (const entry of fs.readdirSync(place, { withFileTypes: true })) {
      if (found.length >= MOST_FILES || entry.name === 'node_modules') continue
      const file = path.join(place, entry.name)
      if (entry.isDirectory()) visit(file)
      else if (entry.isFile() && entry.name.endsWith('.ts') && fs.statSync(file).size <= MOST_BYTES)
        found.push(file)
    }
  }
  visit(folder)
  return found
}
