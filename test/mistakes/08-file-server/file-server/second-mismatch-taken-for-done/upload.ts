// bug: when the server refuses the bytes a second time in one call, the upload resolves and prints 100% all the same
// catalogue: -
// fails: progress: prints 100% of an upload when the server has said that it is whole
// lesson: Going on after a cut
import fs from 'node:fs/promises'
import { bytesOf, hashOf } from './bytes.ts'
import { ask, byteCount, connected, readAnswer, type Session } from './connection.ts'
import { Progress } from './progress.ts'

/** `resumedFrom`: how many bytes an earlier call had brought over. */
export type Done = { size: number; sha256: string; resumedFrom: number }

type Outgoing = { file: fs.FileHandle; size: number; sha256: string }

/**
 * Copies the file `local` to `remote` on the server, and goes on where an earlier call was cut off.
 * Rejects with the server's refusal or the system's error as `code`.
 */
export async function upload(o: Session & { local: string; remote: string }): Promise<Done> {
  const progress = new Progress(o.remote)
  // One file from beginning to end, whatever happens to its name meanwhile.
  const file = await fs.open(o.local, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK)
  try {
    const stats = await file.stat()
    if (!stats.isFile()) throw new Error(`${o.local} is not a file`)
    const { size } = stats
    const sha256 = (await hashOf(file, size)).digest('hex')
    const send = () => sendFile(o, { file, size, sha256 }, progress)
    // What the server had kept was wrong, and it has thrown it away: once more.
    const resumedFrom = (await send()) ?? (await send()) ?? 0
    progress.done()
    return { size, sha256, resumedFrom }
  } catch (error) {
    progress.failed()
    throw error
  } finally {
    await file.close()
  }
}

/** Resolves with where the server let it begin; undefined when what it had before did not fit. */
function sendFile(
  o: Session & { remote: string },
  { file, size, sha256 }: Outgoing,
  progress: Progress,
): Promise<number | undefined> {
  return connected(o, async (wire) => {
    const { offset } = await ask(wire, { op: 'put', path: o.remote, size, sha256 })
    let sent = byteCount(offset, size)
    const resumedFrom = sent
    progress.at(sent, size)
    const sendRest = async () => {
      for await (const piece of bytesOf(file, sent, size)) {
        await wire.write(piece)
        sent += piece.length
        progress.at(sent, size)
      }
    }
    try {
      // The answer is waited for from the start: it may be that the server leaves.
      await Promise.all([readAnswer(wire), sendRest()])
      return resumedFrom
    } catch (error) {
      const isMismatch = (error as { code?: unknown }).code === 'checksum-mismatch'
      if (isMismatch && resumedFrom > 0) return undefined
      throw error
    }
  })
}
