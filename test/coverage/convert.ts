import fs from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { type CoverageMap, createCoverageMap } from '@vitest/istanbul-lib-coverage'
import convert from 'ast-v8-to-istanbul'
import {
  ssrDynamicImportKey,
  ssrExportAllKey,
  ssrImportKey,
  ssrImportMetaKey,
  ssrModuleExportsKey,
} from 'vite/module-runner'
import { createVitest, parseAstAsync, type Vitest } from 'vitest/node'
import { root } from '../../grader/manifest.ts'
import { buildHost } from '../../grader/student/sources.ts'
import type { Script } from './read.ts'

const FOLDERS = ['grader', 'solutions'].map((name) => path.join(root, name) + path.sep)
/** What vitest 5 wraps a module in; the name of each argument is vite's. */
const WRAPPER = [
  ...[ssrModuleExportsKey, ssrImportMetaKey, ssrImportKey, ssrDynamicImportKey, ssrExportAllKey],
  ...['__vite_ssr_exportName__', '__filename', '__dirname', 'module', 'exports', 'require'],
]
const VITEST_HEAD = `'use strict';async (${WRAPPER.join(',')})=>{{`.length

type Text = { code: string; map?: unknown; head: number }

/** Makes coverage by line of the .ts files out of coverage by offset of what ran. */
export class Converter {
  /** scripts that were made of another text than the file's of today */
  dropped = 0
  readonly #vitest: Vitest
  readonly #folder = fs.mkdtempSync(path.join(os.tmpdir(), 'course-'))

  private constructor(vitest: Vitest) {
    this.#vitest = vitest
  }

  static async create(): Promise<Converter> {
    return new Converter(
      await createVitest('test', { root, config: false, watch: false, reporters: [{}] }),
    )
  }

  async convert(scripts: readonly Script[]): Promise<CoverageMap> {
    const map = createCoverageMap({})
    for (const script of scripts) {
      const text = await this.#textOf(script)
      if (text && isWhatRan(script, text)) map.merge(await remap(script, text))
      else this.dropped += 1
    }
    for (const file of sources()) {
      if (map.files().includes(file)) continue
      const nothing: Script = {
        way: 'node',
        file,
        coverage: { scriptId: '0', url: file, functions: [] },
      }
      map.merge(await remap(nothing, strippedText(file)))
    }
    map.filter((file) => sources().includes(file))
    return map
  }

  async [Symbol.asyncDispose](): Promise<void> {
    fs.rmSync(this.#folder, { recursive: true })
    await this.#vitest.close()
  }

  /** The text that ran, made again in the way it was made. */
  async #textOf({ way, file }: Script): Promise<Text | undefined> {
    if (way === 'node') return fs.existsSync(file) ? strippedText(file) : undefined
    if (way === 'host') {
      const code = fs.readFileSync(buildHost(this.#folder), 'utf8')
      const [, inline = ''] = code.split('sourceMappingURL=data:application/json;base64,')
      const map = JSON.parse(Buffer.from(inline, 'base64').toString())
      map.sources = map.sources.map(
        (source: string) => pathToFileURL(path.resolve(this.#folder, source)).href,
      )
      return { code, map, head: 0 }
    }
    const made = await this.#vitest.vite.environments.ssr.transformRequest(file)
    if (!made) return undefined
    const map = { ...(made.map as object), sources: [pathToFileURL(file).href] }
    return { code: made.code, map, head: VITEST_HEAD }
  }
}

/** Node and the hosts strip in place: each offset is the one in the file. */
function strippedText(file: string): Text {
  const source = fs.readFileSync(file, 'utf8')
  return { code: file.endsWith('.ts') ? stripTypeScriptTypes(source) : source, head: 0 }
}

/** Whether offsets point where they should: most functions have their own name at their beginning. */
function isWhatRan({ coverage }: Script, { code, head }: Text): boolean {
  const named = coverage.functions.filter(({ functionName }) => /^[#\w]+$/.test(functionName))
  const found = named.filter(({ functionName, ranges: [range] }) => {
    const start = (range?.startOffset ?? 0) - head
    return code
      .slice(Math.max(0, start - functionName.length - 8), start + functionName.length + 24)
      .includes(functionName)
  })
  return found.length >= named.length / 2
}

async function remap({ file, coverage }: Script, { code, map, head }: Text) {
  return convert({
    code,
    ast: await parseAstAsync(code),
    ...(map !== undefined && { sourceMap: map as never }),
    coverage: { url: pathToFileURL(file).href, functions: coverage.functions },
    wrapperLength: head,
    ignoreNode: isVites,
  })
}

/** What vite writes for an import is nobody's line. */
function isVites(node: { type: string; id?: { name?: string } }): boolean {
  return node.type === 'VariableDeclarator' && !!node.id?.name?.startsWith('__vite_ssr_import_')
}

let listed: string[] | undefined
function sources(): string[] {
  listed ??= FOLDERS.flatMap((folder) =>
    fs.globSync('**/*.{ts,js}', { cwd: folder }).map((name) => path.join(folder, name)),
  )
  return listed
}
