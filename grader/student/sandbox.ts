import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { MARK } from './orphans.ts'

/** How well a student's process is kept from the rest of the machine; the report says which held. */
export type Isolation = 'os' | 'node' | 'none'

const course = path.resolve(import.meta.dirname, '../..')
// The permission model looks at real paths: node_modules may be a link.
const libraries = fs.realpathSync(path.join(course, 'node_modules'))

/**
 * Node's arguments for a host that runs the program in `folder`.
 *
 * Level `node` is Node's permission model: reads are limited to the submission, the libraries and the
 * host itself, writes to `scratch`. It does not confine child processes that are not Node.
 */
export function nodeArguments(
  isolation: Isolation,
  { host, folder, scratch }: { host: string; folder: string; scratch: string },
): string[] {
  const quiet = ['ExperimentalWarning', 'SecurityWarning'].map(
    (name) => `--disable-warning=${name}`,
  )
  const preload = path.join(path.dirname(host), 'preload.mjs')
  const common = [...quiet, '--enable-source-maps', `--import=${pathToFileURL(preload)}`]
  if (isolation === 'none') return [...common, host]
  const readable = [
    `${folder}/*`,
    `${scratch}/*`,
    path.join(libraries, '*'),
    path.join(course, 'package.json'),
    host,
    preload,
  ]
  const writable = [`${scratch}/*`]
  const coverage = process.env.NODE_V8_COVERAGE
  if (coverage) writable.push(`${coverage}/*`)
  // Node takes coverage through its inspector, and says nothing when it may not.
  const inspector = coverage ? ['--allow-inspector'] : []
  return [
    ...common,
    '--permission',
    '--allow-net',
    '--allow-worker',
    '--allow-child-process',
    '--allow-addons',
    ...inspector,
    ...readable.map((place) => `--allow-fs-read=${place}`),
    ...writable.map((place) => `--allow-fs-write=${place}`),
    host,
  ]
}

/** The best level this machine has without being asked. */
export function bestIsolation(): Isolation {
  return 'node'
}

/** All the environment that a student's process sees. */
export function hostEnvironment(scratch: string, setup: unknown, mark: string): NodeJS.ProcessEnv {
  const { PATH, TZ, LANG, NODE_V8_COVERAGE } = process.env
  return {
    PATH,
    HOME: scratch,
    TMPDIR: scratch,
    ...(TZ && { TZ }),
    ...(LANG && { LANG }),
    ...(NODE_V8_COVERAGE && { NODE_V8_COVERAGE }),
    [MARK]: mark,
    COURSE_HOST: JSON.stringify(setup),
  }
}
