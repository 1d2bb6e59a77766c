import fs from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'esbuild'
import { root } from '../../grader/manifest.ts'

const NAME = /^lesson:([\w-]+)\/([\w-]+)#([\w-]+)$/

/**
 * Lets a bundle import a region of a lesson's example, as the lesson quotes it:
 * `import { patient } from 'lesson:06-sticky-packets/cuts#readers'` has every name of its top level.
 * After each variable that such a function keeps from one call to the next it is told to `watch`
 * (watch.ts), for what a decoder remembers is in a closure and cannot be seen from outside.
 */
export const lessonRegions: Plugin = {
  name: 'lesson regions',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: NAME }, ({ path: name }) => ({ path: name, namespace: 'lesson' }))
    onLoad({ filter: NAME, namespace: 'lesson' }, ({ path: name }) => {
      const [, chapter = '', example = '', region = ''] = NAME.exec(name) ?? []
      const file = path.join(root, 'lessons', chapter, 'examples', `${example}.ts`)
      const code = cutOut(fs.readFileSync(file, 'utf8'), region)
      if (code === undefined) return { errors: [{ text: `${file} has no region ${region}` }] }
      return { contents: `${watched(code)}\nexport { ${topLevel(code)} }`, loader: 'ts' }
    })
  },
}

function cutOut(source: string, region: string): string | undefined {
  return new RegExp(`^// #region ${region}\n(.*?)^// #endregion$`, 'ms').exec(source)?.[1]
}

/** Biome's layout is relied on: two spaces deep is what belongs to a function, not to its callback. */
function watched(code: string): string {
  return code.replace(/^ {2}let (\w+) = .*$/gm, '$&\n  watch(() => $1)')
}

function topLevel(code: string): string {
  return [...code.matchAll(/^(?:function|const) (\w+)/gm)].map(([, name]) => name).join(', ')
}
