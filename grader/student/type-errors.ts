import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const settings = path.resolve(import.meta.dirname, '../../exercises/tsconfig.json')

/** How many are told: the first is most often what the others come from. */
const MOST = 3

/**
 * What the type checker says of the .ts files in the folder of `file`, each in one line with its place, three at
 * most; nothing when all is well, or when there is no checker. Takes some tenths of a second, and changes
 * no verdict: types are gone when the program runs.
 */
export async function typeErrors(file: string): Promise<string[]> {
  const tsc = compiler()
  if (!tsc) return []
  const checker = spawn(process.execPath, [tsc, '-p', settings, '--pretty', 'false'], {
    cwd: path.dirname(file),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [output] = await Promise.all([text(checker.stdout), once(checker, 'close')])
  return output
    .split('\n')
    .flatMap((line) => {
      const found = /^([^/]+?)\((\d+),(\d+)\): error TS\d+: (.+)$/.exec(line)
      return found ? [`${found[1]}:${found[2]}:${found[3]}  ${found[4]}`] : []
    })
    .slice(0, MOST)
}

/** The type checker's program; undefined where it was not installed. */
function compiler(): string | undefined {
  try {
    const found = fileURLToPath(import.meta.resolve('typescript/package.json'))
    return path.join(path.dirname(found), 'bin/tsc')
  } catch {
    return undefined
  }
}
