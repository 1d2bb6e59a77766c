import type { ChildProcess } from 'node:child_process'
import type { Duplex } from 'node:stream'
import colors from 'yoctocolors'
import { decode } from '../student/channel.ts'
import { Live } from '../wire/program/live.ts'
import type { LiveNews } from '../wire/program/live-preload.ts'
import type { Recording, WireEvent } from '../wire/recording.ts'
import { linesOf, stepsOf } from '../wire/transcript.ts'

/** The program's descriptor on which it tells what its sockets do. */
export const LIVE_DESCRIPTOR = 3
/** How many events of a session are kept for its capture file. */
const KEPT_EVENTS = 20_000
/** How many pieces of one stream are shown in a row; of a long one the rest is counted. */
const MOST_IN_A_ROW = 12

/** What is shown of a running program, and kept. */
export type Showing = {
  recording: Recording
  /** says what was only counted so far */
  end: () => void
}

/**
 * Prints on stderr what the program's sockets do while they do it; `began` is when it was started, in
 * milliseconds since 1970.
 */
export function showLive(child: ChildProcess, began: number): Showing {
  const recording: Recording = []
  const live = new Live()
  const channel = child.stdio[LIVE_DESCRIPTOR] as Duplex
  const connections = new Set<string>()
  let row = { of: '', pieces: 0, bytes: 0 }
  const endRow = () => {
    const more = row.pieces - MOST_IN_A_ROW
    if (more > 0) print(`       … and ${more} more, ${row.bytes} B …`)
    row = { of: '', pieces: 0, bytes: 0 }
  }
  const isShown = (event: WireEvent) => {
    const of = event.kind === 'data' ? `${event.conn} ${event.way}` : ''
    if (of === '' || of !== row.of) endRow()
    row.of = of
    row.pieces += 1
    if (event.kind !== 'data' || row.pieces <= MOST_IN_A_ROW) return true
    row.bytes += event.length
    return false
  }
  const show = (event: WireEvent) => {
    if (recording.length < KEPT_EVENTS) recording.push(event)
    if (event.conn) connections.add(event.conn)
    if (!isShown(event)) return
    const conn = connections.size > 1 ? event.conn : ''
    for (const line of linesOf(stepsOf([event]).map((step) => ({ ...step, conn })))) print(line)
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
  return { recording, end: endRow }
}

/** The command that talks to a program that has just begun to listen. */
function sayHowToTalk({ kind, local, path }: LiveNews['seen']['end']): void {
  const host = local?.address.replace(/^0\.0\.0\.0$/, '127.0.0.1').replace(/^::$/, '::1')
  const to = path ? `unix ${path}` : `tcp ${host} ${local?.port}`
  // A UDP socket may be a client's.
  if (kind === 'server') tell(`in another terminal: npm run peer -- ${to}`)
}

function print(line: string): void {
  console.error(colors.cyan(`wire  ${line}`))
}

/** One line about the play itself, which is no output of the program's. */
export function tell(text: string): void {
  console.error(colors.dim(`play  ${text}`))
}
