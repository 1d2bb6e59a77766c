import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import { root } from '../../grader/manifest.ts'
import { killOrphans, MARK } from '../../grader/student/orphans.ts'
import { examples } from '../content/examples.ts'
import type { End, Line } from './line.ts'

const LIMITS = { atOnce: 4, ms: 20_000, characters: 64 * 1024 }

/** The file of a chapter's example, by `NN-topic/NAME`; undefined for whatever the list does not hold. */
export function findExample(place: string): string | undefined {
  const id = place.replace('/', '/examples/')
  const example = examples().find((one) => one.id === id && one.lang === 'ts')
  return example && path.join(root, example.file)
}

/** The examples that run now. Each is a process of its own, with all that it starts. */
export class Examples {
  readonly #limits: typeof LIMITS
  readonly #stops = new Set<() => void>()

  constructor(limits: Partial<typeof LIMITS> = {}) {
    this.#limits = { ...LIMITS, ...limits }
  }

  get areTooMany(): boolean {
    return this.#stops.size >= this.#limits.atOnce
  }

  /** Runs a file and tells what it prints, in the end how it ended. Aborting `signal` stops it. */
  async run(file: string, signal: AbortSignal, tell: (line: Line) => void): Promise<void> {
    const mark = randomUUID()
    const { FORCE_COLOR: _, ...env } = process.env
    const child = spawn(process.execPath, [file], {
      cwd: root,
      env: { ...env, [MARK]: mark },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    let why: End['why'] = 'exit'
    const end = (reason: typeof why) => {
      if (why === 'exit') why = reason
      killAll(child, mark)
      // What somebody out of reach still holds open is not waited for.
      child.stdout.destroy()
      child.stderr.destroy()
    }
    const stop = () => end('stop')
    const limit = setTimeout(() => end('time'), this.#limits.ms)
    this.#stops.add(stop)
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
    let left = this.#limits.characters
    for (const kind of ['stdout', 'stderr'] as const) {
      child[kind].setEncoding('utf8').on('data', (text: string) => {
        if (left > 0) tell({ kind, text: text.slice(0, left) })
        left -= text.length
        if (left < 0) end('output')
      })
    }
    // What the program started and left behind would hold the output open.
    child.on('exit', () => killAll(child, mark))
    child.on('error', ({ message }) => tell({ kind: 'stderr', text: `${message}\n` }))
    const [code] = await once(child, 'close').catch(() => [null])
    clearTimeout(limit)
    signal.removeEventListener('abort', stop)
    this.#stops.delete(stop)
    tell({ kind: 'end', why, code })
  }

  close(): void {
    for (const stop of this.#stops) stop()
  }
}

/** Ends the process group, and what left the group. */
function killAll({ pid }: ChildProcess, mark: string): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // nobody is left in it
  }
  killOrphans(mark, pid)
}
