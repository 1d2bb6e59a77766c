import path from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import { root } from '../../grader/manifest.ts'
import type { Experiment } from './model.ts'
import { lessonRegions } from './regions.ts'

const folder = path.join(root, 'site/bench')

/** The script of the bench, for the page: the client, the decoders of the lesson, and a small Buffer. */
export function bundleBench(): Promise<string> {
  return bundle('client.ts', {
    platform: 'browser',
    target: 'es2022',
    minify: true,
    inject: [path.join(folder, 'watch.ts'), path.join(folder, 'buffer.ts')],
  })
}

/** The same decoders on Node's own Buffer, for the still picture and for the tests. */
export async function loadExperiments(): Promise<Experiment[]> {
  const code = await bundle('experiments.ts', {
    platform: 'node',
    inject: [path.join(folder, 'watch.ts')],
  })
  const { experiments } = await import(
    `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
  )
  return experiments
}

async function bundle(entry: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(folder, entry)],
    bundle: true,
    write: false,
    format: 'esm',
    plugins: [lessonRegions],
    ...options,
  })
  return outputFiles?.[0]?.text ?? ''
}
