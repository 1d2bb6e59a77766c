import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'

/**
 * What has come of a download. It lies beside the file that it will become, as `.HASH.SHA256.part`:
 * HASH stands for the name of that file, SHA256 is the digest of the whole. So the next call finds it
 * by the name, and the server's digest tells whether it fits.
 */
export type Partial = { place: string; sha256: string; length: number }

const NAME = /^\.([0-9a-f]{16})\.([0-9a-f]{64})\.part$/
/** The parts that calls of this process are at work on. */
const busy = new Set<string>()

/** The longest part that an earlier download to `local` left behind. */
export async function findPartial(local: string): Promise<Partial | undefined> {
  const folder = path.dirname(local)
  const found: Partial[] = []
  for (const name of await fs.readdir(folder)) {
    const [, owner, sha256 = ''] = NAME.exec(name) ?? []
    const place = path.join(folder, name)
    if (owner !== ownerOf(local) || busy.has(place)) continue
    found.push({ place, sha256, length: (await fs.stat(place)).size })
  }
  return found.sort((a, b) => b.length - a.length)[0]
}

/** The place for a new part. While another call is at work on the same file, one that no later call finds. */
export function newPlace(local: string, sha256: string): string {
  const place = path.join(path.dirname(local), `.${ownerOf(local)}.${sha256}.part`)
  return busy.has(place) ? `${place}.${randomUUID()}` : place
}

/** Opens a part for this call alone. Every write appends. */
export async function takePartial(place: string): Promise<fs.FileHandle> {
  busy.add(place)
  try {
    return await fs.open(place, 'a+')
  } catch (error) {
    busy.delete(place)
    throw error
  }
}

/** Lets a later call go on with what has come. */
export async function keepPartial(place: string, length: number): Promise<void> {
  if (length === 0 || !NAME.test(path.basename(place))) return dropPartial(place)
  busy.delete(place)
}

export async function dropPartial(place: string): Promise<void> {
  await fs.rm(place, { force: true })
  busy.delete(place)
}

/** The part is complete: it becomes the file. */
export async function finishPartial(place: string, local: string): Promise<void> {
  await fs.rename(place, local)
  busy.delete(place)
}

/** Names may be as long as the system allows: the hash of one always fits. */
function ownerOf(local: string): string {
  return createHash('sha256').update(path.basename(local)).digest('hex').slice(0, 16)
}
