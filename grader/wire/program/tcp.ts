import { quote } from '../bytes.ts'
import type { Way, WireEvent } from '../recording.ts'
import type { Content, End, Seen } from './log.ts'
import type { Letters, Placed } from './recording.ts'

const QUOTED = 32

/** The events of a program's TCP connections. */
export function tcpEvents(log: Seen[], letters: Letters): Placed[] {
  const done = new Set<string>()
  const isFirst = (what: string) => !done.has(what) && done.add(what)
  const arrived = writesAsTheyArrived(log)
  const ends = Map.groupBy(new Set(log.map(({ end }) => end)), keyOf)
  return log.flatMap((seen, i) => {
    const { at, end } = seen
    const key = keyOf(end)
    const one = (event: Partial<WireEvent>): Placed[] => {
      const conn = key ? letters(key) : ''
      return [{ i, event: { conn, at, ...event } as WireEvent }]
    }
    if (seen.what === 'refused') return one({ kind: 'refused', way: 'in', to: seen.to })
    if (!key) return []
    const [sends, takes]: Way[] = end.kind === 'client' ? ['in', 'out'] : ['out', 'in']
    // The other end is in another program: what this one wrote and ended is all that can be told.
    const isAlone = ends.get(key)?.length === 1
    switch (seen.what) {
      case 'connected': {
        const [from, to] = end.kind === 'client' ? [end.local, end.remote] : [end.remote, end.local]
        return isFirst(`SYN ${key}`) ? one({ kind: 'SYN', way: 'in', from, to }) : []
      }
      case 'wrote':
        if (isAlone) return one(data(sends, seen))
        return arrived.has(seen) ? [] : one({ kind: 'note', way: sends, text: writes(seen) })
      case 'read':
        return one(data(takes, seen))
      case 'ended':
        return isAlone ? one({ kind: 'FIN', way: sends }) : []
      case 'FIN':
        return one({ kind: 'FIN', way: takes })
      case 'reset':
      case 'was reset': {
        const way = seen.what === 'reset' ? sends : takes
        return isFirst(`RST ${key}`) ? one({ kind: 'RST', way }) : []
      }
      default:
        return []
    }
  })
}

function data(way: Way | undefined, { bytes, length }: Content): Partial<WireEvent> {
  return { kind: 'data', way, bytes, length }
}

function writes({ bytes, length }: Content): string {
  return `writes ${length} B  ${quote(bytes, QUOTED).text}`
}

/** What both ends of a TCP connection have in common; undefined before it stands. */
function keyOf({ kind, local, remote }: End): string | undefined {
  if (kind === 'udp' || !local || !remote) return undefined
  const [from, to] = kind === 'client' ? [local, remote] : [remote, local]
  return `${from.address}:${from.port} ${to.address}:${to.port}`
}

type Stream = { written: { seen: Seen; from: number; to: number }[]; edges: number[] }

/** The writes that arrived just as they were written: their arrival tells all of them. */
function writesAsTheyArrived(log: Seen[]): Set<Seen> {
  const streams = new Map<string, Stream>()
  for (const seen of log) {
    if (seen.what !== 'wrote' && seen.what !== 'read') continue
    const isFromClient = (seen.end.kind === 'client') === (seen.what === 'wrote')
    const key = `${keyOf(seen.end)} ${isFromClient}`
    const { written, edges } = streams.get(key) ?? { written: [], edges: [0] }
    streams.set(key, { written, edges })
    const from = (seen.what === 'wrote' ? written.at(-1)?.to : edges.at(-1)) ?? 0
    const to = from + seen.length
    if (seen.what === 'wrote') written.push({ seen, from, to })
    else edges.push(to)
  }
  const same = new Set<Seen>()
  for (const { written, edges } of streams.values()) {
    for (const { seen, from, to } of written) {
      const at = edges.indexOf(from)
      if (at >= 0 && edges[at + 1] === to) same.add(seen)
    }
  }
  return same
}
