import { ask, connected, type Session } from './connection.ts'
import type { Entry } from './protocol.ts'

export { download } from './download.ts'
export { type Done, upload } from './upload.ts'

/** What is in the directory `path` on the server, sorted by name. Rejects as `upload` does. */
export function list(o: Session & { path: string }): Promise<Entry[]> {
  return connected(o, async (wire) => {
    const { entries } = await ask(wire, { op: 'ls', path: o.path })
    if (Array.isArray(entries)) return entries
    throw new Error('the server sent no entries')
  })
}
