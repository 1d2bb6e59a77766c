import type { Name, Way } from '../recording.ts'
import type { Content, Seen } from './log.ts'
import type { Letters, Placed } from './recording.ts'

type Flight = Content & { i: number; at: number; from: Name; to: Name; isLost: boolean }

/** The events of a program's UDP sockets: each datagram once, where it was sent, lost if nobody got it. */
export function udpEvents(log: Seen[], letters: Letters): Placed[] {
  const flights = flightsOf(log)
  const hub = hubOf(flights)
  return flights.flatMap(({ i, at, from, to, bytes, length, isLost }): Placed[] => {
    const way: Way = from.port === hub ? 'out' : 'in'
    const others = [from.port, to.port].filter((port) => port !== hub)
    const common = { way, conn: letters(others.sort().join(' ')), at }
    const placed: Placed = { i, event: { kind: 'datagram', ...common, from, to, bytes, length } }
    return isLost ? [placed, { i, event: { kind: 'lost', ...common } }] : [placed]
  })
}

function flightsOf(log: Seen[]): Flight[] {
  const received = log.filter((seen) => seen.what === 'received')
  const own = new Set(log.flatMap(({ end }) => (end.kind === 'udp' ? (end.local?.port ?? []) : [])))
  return log.flatMap((seen, i): Flight[] => {
    const { local } = seen.end
    if (seen.what === 'sent' && local) {
      const { at, bytes, length, to } = seen
      const k = received.findIndex(
        ({ end, from, bytes: came }) =>
          from.port === local.port &&
          end.local?.port === to.port &&
          Buffer.compare(came, bytes) === 0,
      )
      const [arrived] = k < 0 ? [] : received.splice(k, 1)
      return [{ i, at, bytes, length, from: arrived?.from ?? local, to, isLost: !arrived }]
    }
    // What comes from another program was not seen when it was sent.
    if (seen.what === 'received' && local && !own.has(seen.from.port)) {
      const { at, bytes, length, from } = seen
      return [{ i, at, bytes, length, from, to: local, isLost: false }]
    }
    return []
  })
}

/** The port that talks with most others; of several the one that was spoken to first. */
function hubOf(flights: Flight[]): number | undefined {
  const peers = new Map<number, Set<number>>()
  const add = (a: number, b: number) => peers.set(a, (peers.get(a) ?? new Set()).add(b))
  for (const { from, to } of flights) {
    add(to.port, from.port)
    add(from.port, to.port)
  }
  return [...peers].sort(([, a], [, b]) => b.size - a.size)[0]?.[0]
}
