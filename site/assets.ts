import fs from 'node:fs'
import path from 'node:path'
import { build, transform } from 'esbuild'
import { root } from '../grader/manifest.ts'
import { bundleBench } from './bench/bundle.ts'

/** The sheets of each asset below style/, in their order. */
const sheets: Record<string, string[]> = {
  'site.css': ['base', 'frame', 'prose', 'texts', 'code', 'blocks', 'parts', 'diagram', 'print'],
  'gallery.css': ['gallery'],
  'bench.css': ['bench'],
  'live.css': ['live'],
}

/** The scripts below client/ that are bundled on their own. */
const scripts: Record<string, { entry: string; format: 'esm' | 'iife' }> = {
  'theme.js': { entry: 'theme', format: 'iife' },
  'main.js': { entry: 'main', format: 'esm' },
  'search.js': { entry: 'search', format: 'esm' },
}
const liveScript = { entry: 'live', format: 'esm' } as const

export const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** The names below assets/ that a static export has. */
export const assetNames = [
  ...Object.keys(sheets).filter((name) => name !== 'live.css'),
  ...Object.keys(scripts),
  'bench.js',
  'icon.svg',
]

const made = new Map<string, Promise<string>>()

/** The text of an asset, made once; undefined when there is none of that name. */
export function asset(name: string): Promise<string> | undefined {
  const known = made.get(name) ?? make(name)
  if (known) made.set(name, known)
  return known
}

function make(name: string): Promise<string> | undefined {
  // A name that comes from a request may be one that every object has.
  if (name !== 'live.js' && name !== 'live.css' && !assetNames.includes(name)) return undefined
  if (name === 'bench.js') return bundleBench()
  if (name === 'icon.svg') return fs.promises.readFile(place('style/icon.svg'), 'utf8')
  if (sheets[name]) return styles(sheets[name])
  const script = name === 'live.js' ? liveScript : scripts[name]
  return script && bundle(script)
}

async function styles(names: string[]): Promise<string> {
  const files = names
    .map((name) => place(`style/${name}.css`))
    .filter((file) => fs.existsSync(file))
  const text = files.map((file) => fs.readFileSync(file, 'utf8')).join('\n')
  const { code } = await transform(text, { loader: 'css', minify: true })
  return code
}

async function bundle({
  entry,
  format,
}: {
  entry: string
  format: 'esm' | 'iife'
}): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [place(`client/${entry}.ts`)],
    bundle: true,
    format,
    minify: true,
    write: false,
    target: 'es2024',
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}

const place = (file: string) => path.join(root, 'site', file)
