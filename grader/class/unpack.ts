import fs from 'node:fs'
import path from 'node:path'
import { Refusal, shown } from './refusal.ts'
import { tarEntries } from './tar.ts'
import { zipEntries } from './zip.ts'

/** What one archive may hold, counted while it is unpacked: no header is trusted. */
export const LIMITS = { entries: 5_000, fileBytes: 10 * 2 ** 20, totalBytes: 50 * 2 ** 20 }

/** Only files and folders are unpacked; everything else has no place in a submission. */
export type Kind =
  | 'file'
  | 'folder'
  | 'symbolic link'
  | 'hard link'
  | 'FIFO'
  | 'device'
  | 'socket'
  | 'special file'

/** A member of an archive, as the archive tells it: the name may be anything. */
export type Entry = { name: string; kind: Kind; content: () => AsyncIterable<Uint8Array> }

const FORMATS = [
  { ending: /\.zip$/i, is: 'zip', magic: [0x50, 0x4b], entries: zipEntries },
  { ending: /\.(tar\.gz|tgz)$/i, is: 'tar.gz', magic: [0x1f, 0x8b], entries: tarEntries },
]

/** A file's name without the ending of an archive that can be unpacked; undefined when it has none. */
export function archiveName(file: string): string | undefined {
  const name = path.basename(file)
  const format = FORMATS.find(({ ending }) => ending.test(name))
  return format && (name.replace(format.ending, '') || name)
}

/**
 * Unpacks a .zip, .tar.gz or .tgz into an empty folder. Throws a Refusal for an archive that is broken,
 * too big, or holds what does not belong into a submission; what is unpacked until then is left to the caller.
 * `skips` says which files and folders are not wanted, by their names.
 */
export async function unpack(file: string, folder: string, skips = isJunk): Promise<void> {
  const target = new Target(folder, skips)
  for await (const entry of formatOf(file).entries(file)) await target.add(entry)
}

function formatOf(file: string) {
  const named = FORMATS.find(({ ending }) => ending.test(file))
  if (!named) throw new Refusal('it is neither a folder nor a .zip, .tar.gz, .tgz or .csv file')
  const start = firstBytes(file)
  const found = FORMATS.find(({ magic }) => magic.every((byte, i) => start[i] === byte))
  if (found === named) return named
  if (start.length === 0) throw new Refusal('it is an empty file')
  if (!found) throw new Refusal(`it is no ${named.is} archive, whatever its name says`)
  throw new Refusal(`it is named .${named.is} but is a .${found.is}; give it its right name`)
}

function firstBytes(file: string): Buffer {
  const handle = fs.openSync(file, 'r')
  try {
    const start = Buffer.alloc(2)
    return start.subarray(0, fs.readSync(handle, start, 0, 2, 0))
  } finally {
    fs.closeSync(handle)
  }
}

/** The folder that one archive is unpacked into; it takes nothing that could land anywhere else. */
class Target {
  readonly #folder: string
  readonly #skips: (name: string) => boolean
  /** what is there already, by its path as a file system that ignores case sees it */
  readonly #taken = new Map<string, { name: string; isFile: boolean }>()
  #entries = 0
  #bytes = 0

  constructor(folder: string, skips: (name: string) => boolean) {
    this.#folder = folder
    this.#skips = skips
  }

  async add({ name, kind, content }: Entry): Promise<void> {
    const parts = partsOf(name)
    if (parts.length === 0 || parts.some(this.#skips)) return
    if (kind !== 'file' && kind !== 'folder')
      throw new Refusal(`${shown(name)} in it is a ${kind}; hand in plain files and folders only`)
    this.#entries += 1
    if (this.#entries > LIMITS.entries)
      throw new Refusal(`it holds more than ${LIMITS.entries} files and folders`)
    this.#take(parts, kind === 'file')
    const place = path.join(this.#folder, ...parts)
    if (kind === 'folder') fs.mkdirSync(place, { recursive: true })
    else {
      const bytes = await this.#bounded(name, content())
      fs.mkdirSync(path.dirname(place), { recursive: true })
      fs.writeFileSync(place, bytes, { flag: 'wx' })
    }
  }

  /** Refuses a path that is there already, or that differs from one in case only. */
  #take(parts: string[], isFile: boolean): void {
    for (let length = 1; length <= parts.length; length += 1) {
      const name = parts.slice(0, length).join('/')
      const key = name.normalize('NFC').toLowerCase()
      const own = { name, isFile: isFile && length === parts.length }
      const other = this.#taken.get(key)
      if (other && (other.isFile || own.isFile))
        throw new Refusal(`it holds ${shown(name)} and ${shown(other.name)}: which one counts?`)
      if (other && other.name !== name)
        throw new Refusal(
          `it holds ${shown(name)} and ${shown(other.name)}, one folder in two cases`,
        )
      this.#taken.set(key, own)
    }
  }

  async #bounded(name: string, content: AsyncIterable<Uint8Array>): Promise<Buffer> {
    const chunks: Uint8Array[] = []
    let length = 0
    for await (const chunk of content) {
      chunks.push(chunk)
      length += chunk.length
      this.#bytes += chunk.length
      if (length > LIMITS.fileBytes)
        throw new Refusal(`${shown(name)} in it is larger than ${megabytes(LIMITS.fileBytes)}`)
      if (this.#bytes > LIMITS.totalBytes)
        throw new Refusal(`it unpacks to more than ${megabytes(LIMITS.totalBytes)}`)
    }
    return Buffer.concat(chunks)
  }
}

/** The folders and the name in a path, whichever slashes it has; Windows zippers write backslashes. */
function partsOf(name: string): string[] {
  const parts = name.split(/[/\\]/)
  if (/^([/\\]|[A-Za-z]:)/.test(name) || parts.includes('..') || name.includes('\0'))
    throw new Refusal(`the path ${shown(name)} in it leads out of it`)
  return parts.filter((part) => part !== '' && part !== '.')
}

/** What archivers and tools leave in folders, and no submission consists of. */
export function isJunk(name: string): boolean {
  return name.startsWith('.') || name === '__MACOSX' || name === 'node_modules'
}

function megabytes(bytes: number): string {
  return `${bytes / 2 ** 20} MB`
}
