import { type Content, FLAGS, type Host, hostOf, MSS, tcpPacket, udpPacket } from './ip.ts'
import type { Recording, Way, WireEvent } from './recording.ts'
import { transcript } from './transcript.ts'

/** An IP packet as a capture would have it: `bytes` is the beginning of the `length` that it has. */
export type Packet = { at: number; comments: string[] } & Content

/** What of a recording can be packets; `leftOut` are the connections that cannot (UNIX sockets). */
export type Packets = { packets: Packet[]; comments: string[]; leftOut: number }

type Ends = { from: Host; to: Host }

/** The two ends of a TCP connection, and the number that each one's next byte has. */
type Connection = { ends: Record<Way, Host>; next: Record<Way, number> }

const { FIN, SYN, RST, PSH, ACK } = FLAGS
const other = (way: Way): Way => (way === 'in' ? 'out' : 'in')

/**
 * The packets that a recording stands for. Bytes, order and ends are what was recorded; handshakes,
 * acknowledgements, windows and sequence numbers are what TCP would have added (RFC 9293). What is told
 * in words, or was printed or typed, is a comment on the packet that follows it. `before` is how many
 * recordings the file has already: a port that comes again in another one is another connection.
 */
export function packetsOf(recording: Recording, before = 0): Packets {
  const packets: Packet[] = []
  const connections = new Map<string, Connection>()
  const leftOut = new Set<string>()
  let comments: string[] = []

  const add = (at: number, packet: Content) => {
    packets.push({ at, ...packet, comments })
    comments = []
  }
  const open = ({ conn, way }: WireEvent, { from, to }: Ends): Connection => {
    const first = 1_000_000 * (connections.size + 1) + 50_000_000 * before
    const ends = way === 'in' ? { in: from, out: to } : { in: to, out: from }
    const connection = { ends, next: { in: first, out: first + 500_000_000 } }
    connections.set(conn, connection)
    return connection
  }
  const segment = (on: Connection, at: number, way: Way, flags: number, content?: Content) => {
    const acknowledged = flags & ACK ? on.next[other(way)] : 0
    const numbers = { flags, sequence: on.next[way], acknowledged }
    add(at, tcpPacket(on.ends[way], on.ends[other(way)], numbers, content))
    on.next[way] += (content?.length ?? 0) + (flags & (SYN | FIN) ? 1 : 0)
  }

  for (const event of recording) {
    const { kind, at, way } = event
    const ends = endsOf(event)
    const connection = kind === 'SYN' && ends ? open(event, ends) : connections.get(event.conn)
    if (kind === 'datagram' && ends) {
      add(at, udpPacket(ends.from, ends.to, event))
    } else if (kind === 'refused' && ends) {
      const refused = { ends: { in: ends.from, out: ends.to }, next: { in: 0, out: 0 } }
      segment(refused, at, 'in', SYN)
      segment(refused, at, 'out', RST | ACK)
    } else if (kind === 'lost') {
      packets.at(-1)?.comments.push(...transcript([event]))
    } else if (!WIRE.has(kind)) {
      comments.push(...transcript([event]))
    } else if (!connection) {
      leftOut.add(event.conn || `${packets.length}`)
    } else if (kind === 'SYN') {
      segment(connection, at, way, SYN)
      segment(connection, at, other(way), SYN | ACK)
      segment(connection, at, way, ACK)
    } else if (kind === 'data') {
      for (let from = 0; from < event.length; from += MSS) {
        const [rest, bytes] = [event.length - from, event.bytes.subarray(from, from + MSS)]
        const flags = rest > MSS ? ACK : PSH | ACK
        segment(connection, at, way, flags, { bytes, length: Math.min(rest, MSS) })
        segment(connection, at, other(way), ACK)
      }
    } else if (kind === 'FIN') {
      segment(connection, at, way, FIN | ACK)
      segment(connection, at, other(way), ACK)
    } else if (kind === 'RST') {
      segment(connection, at, way, RST | ACK)
    }
  }
  packets.at(-1)?.comments.push(...comments)
  return { packets, comments: packets.length > 0 ? [] : comments, leftOut: leftOut.size }
}

/** The kinds of event that are something on the wire; the others are told in words. */
const WIRE = new Set<WireEvent['kind']>(['SYN', 'FIN', 'RST', 'refused', 'data', 'datagram'])

/** From which port a refused connection was tried is not recorded: 0, which no connection has. */
function endsOf({ kind, from, to }: WireEvent): Ends | undefined {
  const target = hostOf(to)
  const source = kind === 'refused' && target ? { ...target, port: 0 } : hostOf(from)
  const isSameFamily = source?.address.length === target?.address.length
  return source && target && isSameFamily ? { from: source, to: target } : undefined
}
