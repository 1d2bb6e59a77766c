import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Duplex } from 'node:stream'
import { pathToFileURL } from 'node:url'
import colors from 'yoctocolors'
import { BadCall } from '../exit.ts'
import { type ExerciseInfo, isStub, root } from '../manifest.ts'
import { decode } from '../student/channel.ts'
import { mustBeWritable, writePcap } from '../wire/pcapng.ts'
import { Live } from '../wire/program/live.ts'
import type { LiveNews } from '../wire/program/live-preload.ts'
import type { Recording, WireEvent } from '../wire/recording.ts'
import { linesOf, stepsOf } from '../wire/transcript.ts'
import { maySeeSolution } from './earned.ts'

type Options = { solution?: boolean; pcap?: string }

/** How many events of a session are kept for its capture file. */
const KEPT_EVENTS = 20_000
const LIVE_DESCRIPTOR = 3
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
  const recording = showLive(child, began)
  const status = await ended(child)
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

/** Prints what the program's sockets do while they do it; the recording that is returned grows. */
function showLive(child: ChildProcess, began: number): Recording {
  const recording: Recording = []
  const live = new Live()
  const channel = child.stdio[LIVE_DESCRIPTOR] as Duplex
  const connections = new Set<string>()
  const show = (event: WireEvent) => {
    if (recording.length < KEPT_EVENTS) recording.push(event)
    if (event.conn) connections.add(event.conn)
    const conn = connections.size > 1 ? event.conn : ''
    const steps = stepsOf([event]).map((step) => ({ ...step, conn }))
    for (const line of linesOf(steps)) console.error(colors.cyan(`wire  ${line}`))
  }
  const take = (news: LiveNews) => {
    for (const event of live.take(news)) show({ ...event, at: event.at - began })
    if (news.seen.what === 'listening') sayHowToTalk(news.seen.end)
    // The program waits for this before it goes on.
    channel.write('\n')
  }
  channel.on('error', () => {})
  decode(
    channel,
    (news) => take(news as LiveNews),
    (why) => tell(`nothing more can be told of its sockets: it wrote to descriptor 3 (${why})`),
  )
  return recording
}

/** The command that talks to a program that has just begun to listen. */
function sayHowToTalk({ kind, local, path }: LiveNews['seen']['end']): void {
  const host = local?.address.replace(/^0\.0\.0\.0$/, '127.0.0.1').replace(/^::$/, '::1')
  const to = path ? `unix ${path}` : `tcp ${host} ${local?.port}`
  // A UDP socket may be a client's.
  if (kind === 'server') tell(`in another terminal: npm run peer -- ${to}`)
}

/** Waits for the end of a program and returns its status as a shell does. */
async function ended(child: ChildProcess): Promise<number> {
  // Ctrl-C reaches the program too; what it means is the program's to say.
  const ignore = () => process.stderr.isTTY && process.stderr.write('\n')
  const pass = () => child.kill('SIGTERM')
  process.on('SIGINT', ignore).on('SIGTERM', pass)
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  process.off('SIGINT', ignore).off('SIGTERM', pass)
  const status = signal ? 128 + os.constants.signals[signal] : (code ?? 0)
  tell(signal ? `ended by ${signal}` : `ended with status ${status}`)
  return status
}

/** What a stub does when it is run by hand. */
function mainBlock({ stub }: ExerciseInfo): string {
  const source = fs.readFileSync(stub, 'utf8')
  return source.slice(source.indexOf('if (import.meta.main)')).trimEnd()
}

function tell(text: string): void {
  console.error(colors.dim(`play  ${text}`))
}
