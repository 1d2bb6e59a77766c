import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const exercises = path.resolve(import.meta.dirname, '../../exercises')

/** How many are told of one program: the first is most often what the others come from. */
const MOST = 3

/**
 * Has the type checker look at all exercises, as an editor does. The function it resolves with tells what was
 * said of the files in a program's folder, each in one line with its place, three at most. Nothing is said
 * where there is no checker. Takes some tenths of a second, and changes no verdict: types are gone when a program runs.
 */
export async function checkTypes(): Promise<(main: string) => string[]> {
  const tsc = compiler()
  if (!tsc) return () => []
  const checker = spawn(process.execPath, [tsc, '-p', exercises, '--pretty', 'false'], {
    cwd: exercises,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [output] = await Promise.all([text(checker.stdout), once(checker, 'close')])
  const said = output.split('\n').flatMap((line) => {
    const found = /^([^(]+)\((\d+),(\d+)\): error TS\d+: (.+)$/.exec(line)
    if (!found) return []
    const [, file = '', row, column, message] = found
    const folder = path.dirname(path.join(exercises, file))
    return [{ folder, text: `${path.basename(file)}:${row}:${column}  ${message}` }]
  })
  return (main) =>
    said
      .filter(({ folder }) => folder === path.dirname(main))
      .map(({ text }) => text)
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
