import type { Name, WireEvent } from '../recording.ts'
import type { LiveNews } from './live-preload.ts'
import type { End, Seen } from './log.ts'

/**
 * What a program's sockets do, as events, one after another while it runs. As in the recordings of
 * tests `in` is towards the program and `out` away from it. Of a connection whose ends are both the program's, and of a
 * datagram to itself, one side is told: what the server, or the sender, sees.
 */
export class Live {
  readonly #letters = new Map<string, string>()
  readonly #opened = new Set<string>()
  /** the program's own ports: TCP that it listens on, UDP that it has */
  readonly #own = { stream: new Set<number>(), udp: new Set<number>() }
  /** by end: what was written before the connection stood */
  readonly #early = new Map<string, LiveNews[]>()
  /** ends that have said in some way that nothing more comes from them */
  readonly #over = new Set<string>()

  /** The events that a piece of news amounts to; their `at` is as in the news. */
  take(news: LiveNews): WireEvent[] {
    const { id, seen } = news
    const { end, at } = seen
    if (seen.what === 'listening') return [{ ...this.#listening(end), conn: '', at }]
    if (end.kind === 'udp') return this.#datagram(seen)
    if (end.kind === 'client' && end.remote && this.#own.stream.has(end.remote.port)) return []
    if (seen.what === 'refused') {
      this.#early.delete(id)
      return [{ kind: 'refused', way: 'out', conn: '', at, to: seen.to }]
    }
    // A UNIX socket's name is every client's; another one's tells the two ends of a connection apart.
    const key = end.path ? id : keyOf(end)
    const conn = key && this.#letter(key)
    if (conn && (seen.what === 'connected' || this.#opened.has(conn)))
      return this.#stream(news, conn)
    this.#early.set(id, [...(this.#early.get(id) ?? []), news])
    return []
  }

  #stream({ id, seen }: LiveNews, conn: string): WireEvent[] {
    const { end, at } = seen
    switch (seen.what) {
      case 'connected': {
        if (this.#opened.has(conn)) return []
        this.#opened.add(conn)
        const path = end.path && { address: end.path, port: 0 }
        const [own, peer] = path ? [path, path] : [end.local as Name, end.remote as Name]
        const early = this.#early.get(id) ?? []
        this.#early.delete(id)
        const opened: WireEvent =
          end.kind === 'client'
            ? { kind: 'SYN', way: 'out', conn, at, from: own, to: peer }
            : { kind: 'SYN', way: 'in', conn, at, from: peer, to: own }
        return [
          opened,
          ...early.flatMap((one) => this.take({ id, seen: { ...one.seen, end, at } })),
        ]
      }
      case 'wrote':
        return [{ kind: 'data', way: 'out', conn, at, bytes: seen.bytes, length: seen.length }]
      case 'read':
        return [{ kind: 'data', way: 'in', conn, at, bytes: seen.bytes, length: seen.length }]
      case 'ended':
        if (this.#over.has(conn)) return []
        this.#over.add(conn)
        return [{ kind: 'FIN', way: 'out', conn, at }]
      case 'FIN':
        return [{ kind: 'FIN', way: 'in', conn, at }]
      case 'reset':
      case 'was reset':
        this.#over.add(conn)
        return [{ kind: 'RST', way: seen.what === 'reset' ? 'out' : 'in', conn, at }]
      case 'closed':
        if (this.#over.has(conn)) return []
        return [{ kind: 'note', way: 'out', conn, at, text: DESTROYED }]
      default:
        return []
    }
  }

  #datagram(seen: Seen): WireEvent[] {
    const { local } = seen.end
    if (!local || (seen.what !== 'sent' && seen.what !== 'received')) return []
    const { at, bytes, length } = seen
    if (seen.what === 'received' && this.#own.udp.has(seen.from.port)) return []
    const peer = seen.what === 'sent' ? seen.to : seen.from
    const conn = this.#letter(`udp ${local.port} ${peer.address} ${peer.port}`)
    const common = { kind: 'datagram' as const, conn, at, bytes, length }
    if (seen.what === 'sent') return [{ ...common, way: 'out', from: local, to: peer }]
    return [{ ...common, way: 'in', from: peer, to: local }]
  }

  #listening({ kind, local, path }: End): { kind: 'note'; way: 'out'; text: string } {
    if (local) this.#own[kind === 'udp' ? 'udp' : 'stream'].add(local.port)
    const text = `${kind === 'udp' ? 'UDP socket at' : 'listens on'} ${path ?? printed(local)}`
    return { kind: 'note', way: 'out', text }
  }

  /** A, B, … Z, then C27, C28, … as in the recordings of tests. */
  #letter(key: string): string {
    const n = this.#letters.size + 1
    const letter = this.#letters.get(key) ?? (n <= 26 ? String.fromCharCode(64 + n) : `C${n}`)
    this.#letters.set(key, letter)
    return letter
  }
}

const DESTROYED =
  'is closed without end(): FIN, or RST if something had come that the program did not read'

/** What tells a connection from others, whichever thread has it; undefined before it stands. */
function keyOf({ local, remote }: End): string | undefined {
  return local && remote && `${local.address}:${local.port} ${remote.address}:${remote.port}`
}

function printed(name: Name | undefined): string {
  if (!name) return '?'
  return name.address.includes(':')
    ? `[${name.address}]:${name.port}`
    : `${name.address}:${name.port}`
}
