import type { Recording, WireEvent } from '../recording.ts'
import type { Seen } from './log.ts'
import { tcpEvents } from './tcp.ts'
import { udpEvents } from './udp.ts'

/** An event with its place in the log, which is its place in the recording. */
export type Placed = { i: number; event: WireEvent }
/** The letter of a connection, by what its two ends have in common. */
export type Letters = (key: string) => string

/**
 * The recording of what one program's sockets did. `in` is towards the accepting end, or the UDP socket
 * that most others talk to. Where both ends of a connection are the program's, bytes stand where they
 * were received, and a write that did not arrive as it was written is told apart before. What was sent
 * to another program stands where it was sent.
 */
export function recordingOf(log: Seen[]): Recording {
  const letters = lettered()
  return [...tcpEvents(log, letters), ...udpEvents(log, letters)]
    .sort((a, b) => a.i - b.i)
    .map(({ event }) => event)
}

/** A, B, … Z, then C27, C28, … as in the recordings of tests. */
function lettered(): Letters {
  const names = new Map<string, string>()
  return (key) => {
    const n = names.size + 1
    const name = names.get(key) ?? (n <= 26 ? String.fromCharCode(64 + n) : `C${n}`)
    names.set(key, name)
    return name
  }
}
