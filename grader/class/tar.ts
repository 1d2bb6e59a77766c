import fs from 'node:fs'
import { pipeline } from 'node:stream/promises'
import zlib from 'node:zlib'
import { extract } from 'tar-stream'
import { Refusal } from './refusal.ts'
import type { Entry, Kind } from './unpack.ts'

/**
 * How much a .tar.gz may unpack to, in bytes, with all that is passed over in it: node_modules of the
 * course are a third of it. What is kept has a lower limit of its own.
 */
const STREAM_LIMIT = 2 ** 30

/** tar-stream's names for the types of POSIX ustar; it has none for what only some tars write. */
const KINDS: Record<string, Kind> = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'folder',
  symlink: 'symbolic link',
  link: 'hard link',
  fifo: 'FIFO',
  'character-device': 'device',
  'block-device': 'device',
}

/** What a .tar.gz holds. Throws a Refusal for what is no such archive, or a broken one. */
export async function* tarEntries(file: string): AsyncGenerator<Entry> {
  const archive = extract()
  const fed = pipeline(fs.createReadStream(file), zlib.createGunzip(), counted, archive)
  // Its error comes out of the loop, too, and there is nobody to hear it when the loop is left early.
  fed.catch(() => {})
  try {
    for await (const entry of archive) {
      const { name, type } = entry.header
      yield { name, kind: KINDS[type] ?? 'special file', content: () => contentOf(entry) }
      entry.resume()
    }
    await fed
  } catch (error) {
    throw refusalOf(error)
  }
}

async function* contentOf(entry: AsyncIterable<unknown>) {
  try {
    for await (const chunk of entry) yield chunk as Buffer
  } catch (error) {
    throw refusalOf(error)
  }
}

async function* counted(chunks: AsyncIterable<Buffer>) {
  let length = 0
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > STREAM_LIMIT) throw new Refusal('it unpacks to more than 1 GB')
    yield chunk
  }
}

function refusalOf(error: unknown): unknown {
  if (error instanceof Refusal || (error instanceof Error && 'syscall' in error)) return error
  const { message } = error as Error
  if (/^(unexpected end of file|Unexpected end of data)/.test(message))
    return new Refusal('it is cut short; hand it in again')
  return new Refusal(`its tar archive is broken (${message}); hand it in again`)
}
