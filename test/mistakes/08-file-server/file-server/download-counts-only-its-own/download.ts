// bug: a resumed download counts only what this call brings, and its percentages begin at 0 again
// catalogue: -
// fails: progress: begins where a resumed download begins
// lesson: Showing progress
import { hashOf } from './bytes.ts'
import { ask, byteCount, connected, type Session } from './connection.ts'
import * as partials from './partial.ts'
import { Progress } from './progress.ts'
import type { Done } from './upload.ts'
import type { Wire } from './wire.ts'

type Wanted = Session & { remote: string; local: string }
/** `from`: where the server begins to send. */
type Incoming = { size: number; sha256: string; place: string; local: string; from: number }

/**
 * Copies the file `remote` from the server to `local`, and goes on where an earlier call was cut off.
 * `local` appears, or is replaced, when all has come and its digest is right. Rejects with the
 * server's refusal or the system's error as `code`.
 */
export async function download(o: Wanted): Promise<Done> {
  const progress = new Progress(o.remote)
  try {
    const part = await partials.findPartial(o.local)
    const done = (part && (await goOn(o, part, progress))) ?? (await beginAnew(o, progress))
    progress.done()
    return done
  } catch (error) {
    progress.failed()
    throw error
  }
}

function beginAnew(o: Wanted, progress: Progress): Promise<Done> {
  return connected(o, async (wire) => {
    const { size, sha256 } = await askFor(wire, o.remote, 0)
    const place = partials.newPlace(o.local, sha256)
    return receive(wire, { size, sha256, place, local: o.local, from: 0 }, progress)
  })
}

/** Undefined when the part does not fit: the file on the server has changed, or the part has. */
async function goOn(
  o: Wanted,
  { place, length, sha256 }: partials.Partial,
  progress: Progress,
): Promise<Done | undefined> {
  try {
    return await connected(o, async (wire) => {
      const found = await askFor(wire, o.remote, length)
      if (found.sha256 !== sha256) throw mismatch()
      return receive(wire, { ...found, place, local: o.local, from: length }, progress)
    })
  } catch (error) {
    const { code } = error as { code?: unknown }
    if (code !== 'bad-offset' && code !== 'checksum-mismatch') throw error
    await partials.dropPartial(place)
    return undefined
  }
}

async function askFor(wire: Wire, path: string, offset: number) {
  const { size, sha256 } = await ask(wire, { op: 'get', path, offset })
  // It becomes part of a file's name.
  if (typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256)) {
    return { size: byteCount(size), sha256 }
  }
  throw new Error(`the server named ${sha256} as a SHA-256`)
}

/** Puts what comes after the first `from` bytes of the part, which becomes the file when it is right. */
async function receive(
  wire: Wire,
  { size, sha256, place, local, from }: Incoming,
  progress: Progress,
): Promise<Done> {
  const file = await partials.takePartial(place)
  let come = 0
  try {
    // More may lie there, from an earlier download.
    await file.truncate(from)
    const hash = await hashOf(file, from)
    come = from
    progress.at(0, size)
    for await (const piece of wire.readBytes(size - come)) {
      hash.update(piece)
      await file.appendFile(piece)
      come += piece.length
      progress.at(come - from, size)
    }
    if (hash.digest('hex') !== sha256) throw mismatch()
    await file.sync()
    await partials.finishPartial(place, local)
    return { size, sha256, resumedFrom: from }
  } catch (error) {
    const isWrong = (error as { code?: unknown }).code === 'checksum-mismatch'
    await (isWrong ? partials.dropPartial(place) : partials.keepPartial(place, come))
    throw error
  } finally {
    await file.close()
  }
}

function mismatch(): Error {
  const message = 'the bytes that came are not those of the file'
  return Object.assign(new Error(message), { code: 'checksum-mismatch' })
}
