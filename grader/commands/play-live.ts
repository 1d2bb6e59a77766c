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

/**
 * Prints on stderr what the program's sockets do while they do it; `began` is when it was started, in
 * milliseconds since 1970. The recording that is returned grows.
 */
export function showLive(child: ChildProcess, began: number): Recording {
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

/** One line about the play itself, which is no output of the program's. */
export function tell(text: string): void {
  console.error(colors.dim(`play  ${text}`))
}
