import fs from 'node:fs'
import path from 'node:path'
import { root } from '../../grader/manifest.ts'
import type { Lang } from './highlight.ts'

export type Example = {
  /** its page below `lessons/`: `NN-topic/examples/NAME` or `examples/FOLDER/NAME` */
  id: string
  /** the file, from the root of the repository */
  file: string
  lang: Lang
}

/** Every program that the lessons quote, found in the folders: what is not in this list is not served. */
export function examples(): Example[] {
  return fs
    .globSync(['lessons/*/examples/*.ts', 'lessons/examples/*/*.{ts,py}'], { cwd: root })
    .map((file) => file.replaceAll(path.sep, '/'))
    .sort()
    .map((file) => ({ id: exampleId(file), file, lang: file.endsWith('.py') ? 'python' : 'ts' }))
}

/** A page for each file: a Python program beside its TypeScript has the ending in its name. */
export function exampleId(file: string): string {
  return file
    .replace(/^lessons\//, '')
    .replace(/\.ts$/, '')
    .replace(/\.py$/, '-py')
}
