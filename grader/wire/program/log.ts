import type { Name } from '../recording.ts'

/**
 * One socket of a program; its names are known once it is bound or connected. A UNIX socket has a
 * `path` in place of names. A server that listens is an end too, without a remote name.
 */
export type End = {
  kind: 'client' | 'server' | 'udp'
  local?: Name
  remote?: Name
  path?: string
}

/** What went through a socket, as in a recording: at most KEPT_BYTES of the `length` bytes. */
export type Content = { bytes: Uint8Array; length: number }

/** One thing that a program's sockets did, as its own process sees it. */
export type Seen = { at: number; end: End } & (
  | { what: 'listening' | 'connected' | 'ended' | 'FIN' | 'reset' | 'was reset' | 'closed' }
  | { what: 'refused'; to: Name }
  | ({ what: 'wrote' | 'read' } & Content)
  | ({ what: 'sent'; to: Name } & Content)
  | ({ what: 'received'; from: Name } & Content)
)
