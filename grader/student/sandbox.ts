import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { studentSandbox, whyNoSandbox } from './bubblewrap.ts'
import { MARK } from './orphans.ts'

/** How well a student's process is kept from the rest of the machine; the report says which held. */
export type Isolation = 'os' | 'node' | 'none'

const course = path.resolve(import.meta.dirname, '../..')
// The permission model looks at real paths: node_modules may be a link.
const libraries = fs.realpathSync(path.join(course, 'node_modules'))

/** What a process of the student's is given of the course: the host, and the folders it may use. */
type Place = { host: string; folder: string; scratch: string; debugPort?: number }

/** The libraries that submissions may import, with what these need. */
const LIBRARIES = ['iconv-lite', 'safer-buffer', 'koffi', '@koromix']
/** What `#sockopt` is made of. */
const SOCKOPT = ['sockopt.ts', 'sockopt-names.ts'].map((name) =>
  path.join(import.meta.dirname, name),
)

/** The command that starts a host for the program in `folder`, and its arguments. */
export function hostCommand(isolation: Isolation, place: Place): [string, string[]] {
  const node = process.execPath
  const { host, folder, scratch, debugPort } = place
  // A debugger gets through to a program that is locked up nowhere.
  const inspector = debugPort === undefined ? [] : [`--inspect-wait=127.0.0.1:${debugPort}`]
  if (isolation === 'none') return [node, [...inspector, ...nodeArguments(host), host]]
  const files = [host, preloadOf(host), path.join(course, 'package.json')]
  const coverage = process.env.NODE_V8_COVERAGE
  const writable = coverage ? [scratch, coverage] : [scratch]
  if (isolation === 'node') {
    const all = (place: string) => path.join(place, '*')
    const readable = [...files, ...[folder, scratch, libraries].map(all)]
    return [node, [...nodeArguments(host), ...permissions(readable, writable.map(all)), host]]
  }
  // Where node_modules is a link, modules are looked for at both of its names.
  const places = new Set([libraries, path.join(course, 'node_modules')])
  const shown = [...places].flatMap((place) => LIBRARIES.map((name) => path.join(place, name)))
  const readable = [...files, ...shown, ...SOCKOPT, folder, node]
  const sandbox = studentSandbox({ readable, writable, folder })
  return ['bwrap', [...sandbox, node, ...nodeArguments(host), host]]
}

function preloadOf(host: string): string {
  return path.join(path.dirname(host), 'preload.mjs')
}

function nodeArguments(host: string): string[] {
  const quiet = ['ExperimentalWarning', 'SecurityWarning'].map(
    (name) => `--disable-warning=${name}`,
  )
  return [...quiet, '--enable-source-maps', `--import=${pathToFileURL(preloadOf(host))}`]
}

/**
 * Level `node` is Node's permission model: reads are limited to the submission, the libraries and the
 * host itself, writes to `scratch`. It does not confine child processes that are not Node.
 */
function permissions(readable: string[], writable: string[]): string[] {
  return [
    '--permission',
    '--allow-net',
    '--allow-worker',
    '--allow-child-process',
    '--allow-addons',
    // Node takes coverage through its inspector, and says nothing when it may not.
    ...(process.env.NODE_V8_COVERAGE ? ['--allow-inspector'] : []),
    ...readable.map((place) => `--allow-fs-read=${place}`),
    ...writable.map((place) => `--allow-fs-write=${place}`),
  ]
}

/**
 * The best level for a run in this very process, as `check` and `start` do it: `os` needs a grader with a
 * network of its own, and so a worker (verdict/crew.ts).
 */
export function ownIsolation(): Isolation {
  return 'node'
}

/** The best level that this machine has for a crew of workers. */
export function bestIsolation(): Isolation {
  return whyNoSandbox() === undefined ? 'os' : 'node'
}

/** All the environment that a student's process sees. */
export function hostEnvironment(
  isolation: Isolation,
  { scratch }: Place,
  setup: unknown,
  mark: string,
): NodeJS.ProcessEnv {
  const { PATH, TZ, LANG, NODE_V8_COVERAGE } = process.env
  return {
    // The grader's own tells where its user lives.
    PATH: isolation === 'os' ? '/usr/bin:/bin:/usr/sbin:/sbin' : PATH,
    HOME: scratch,
    TMPDIR: scratch,
    ...(TZ && { TZ }),
    ...(LANG && { LANG }),
    ...(NODE_V8_COVERAGE && { NODE_V8_COVERAGE }),
    [MARK]: mark,
    COURSE_HOST: JSON.stringify(setup),
  }
}
