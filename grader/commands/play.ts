import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { BadCall } from '../exit.ts'
import { type ExerciseInfo, isStub, root } from '../manifest.ts'
import { mustBeWritable, writePcap } from '../wire/pcapng.ts'
import { maySeeSolution } from './earned.ts'
import { LIVE_DESCRIPTOR, showLive, tell } from './play-live.ts'

type Options = { solution?: boolean; pcap?: string }

const preload = path.join(root, 'grader/wire/program/live-preload.ts')

/**
 * Runs an exercise's program by hand, as `node main.ts ARGS` does: its stdin, stdout and stderr are the
 * terminal's, an interrupt is its own to handle, and its exit status is returned. What its sockets do is
 * told on stderr meanwhile, a line each.
 */
export async function play(
  exercise: ExerciseInfo,
  args: string[],
  { solution: isSolution, pcap }: Options,
): Promise<number> {
  if (isSolution && !(await maySeeSolution(exercise))) return 1
  const file = isSolution ? exercise.solution : exercise.main
  const source = isSolution ? undefined : ownSource(exercise)
  if (pcap) mustBeWritable(pcap)
  const began = Date.now()
  const shown = path.relative(process.cwd(), file)
  tell(`node ${[shown, ...args].join(' ')}`)
  tell('wire  is what its sockets do: → towards the program, ← away from it')
  const child = spawn(process.execPath, ['--import', `${pathToFileURL(preload)}`, file, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: { ...process.env, COURSE_LIVE: `${LIVE_DESCRIPTOR}` },
  })
  const { recording, end } = showLive(child, began)
  const status = await ended(child, end)
  if (source && recording.length === 0 && status === 0 && !source.includes('import.meta.main')) {
    tell(
      `it ran to its end and opened no socket: it says nowhere what to do when it is run by hand.`,
    )
    tell(`Put this at its end, as in the beginning:\n\n${mainBlock(exercise)}`)
  }
  if (pcap) {
    tell(writePcap(pcap, [{ title: `${exercise.id}, run by hand`, recording }], began))
  }
  return status
}

/** The text of the student's file; a BadCall where there is nothing to run yet. */
function ownSource(exercise: ExerciseInfo): string {
  const file = path.relative(process.cwd(), exercise.main)
  if (!fs.existsSync(exercise.main)) {
    throw new BadCall(
      `there is no file ${file}; \`npm run reset -- ${exercise.id}\` brings the beginning of it back`,
    )
  }
  const source = fs.readFileSync(exercise.main, 'utf8')
  if (!isStub(exercise, source)) return source
  throw new BadCall(
    `${file} is the untouched stub: there is nothing to run yet. Write it, or see ours with --solution`,
  )
}

/** Waits for the end of a program, says it, after `last`, and returns its status as a shell does. */
async function ended(child: ChildProcess, last: () => void): Promise<number> {
  // Ctrl-C reaches the program too; what it means is the program's to say.
  const ignore = () => process.stderr.isTTY && process.stderr.write('\n')
  const pass = () => child.kill('SIGTERM')
  process.on('SIGINT', ignore).on('SIGTERM', pass)
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  process.off('SIGINT', ignore).off('SIGTERM', pass)
  last()
  const status = signal ? 128 + os.constants.signals[signal] : (code ?? 0)
  tell(signal ? `ended by ${signal}` : `ended with status ${status}`)
  return status
}

/** What a stub does when it is run by hand. */
function mainBlock({ stub }: ExerciseInfo): string {
  const source = fs.readFileSync(stub, 'utf8')
  return source.slice(source.indexOf('if (import.meta.main)')).trimEnd()
}
