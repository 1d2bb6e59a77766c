import fs from 'node:fs'
import zlib from 'node:zlib'
import yauzl from 'yauzl'
import { Refusal, shown } from './refusal.ts'
import { decodeText } from './text.ts'
import type { Entry, Kind } from './unpack.ts'

/** The bit of an entry's flags that says that its name is UTF-8, and the extra field that holds it in UTF-8 (APPNOTE 4.4.4, 4.6.9). */
const UTF8_FLAG = 0x800
const UTF8_NAME_FIELD = 0x7075

const { S_IFMT, S_IFIFO, S_IFCHR, S_IFBLK, S_IFLNK, S_IFSOCK } = fs.constants

/** File types in the upper half of an entry's external attributes, as in `st_mode` (inode(7)). */
const KINDS = new Map<number, Kind>([
  [S_IFIFO, 'FIFO'],
  [S_IFCHR, 'device'],
  [S_IFBLK, 'device'],
  [S_IFLNK, 'symbolic link'],
  [S_IFSOCK, 'socket'],
])

/** What a .zip holds. Throws a Refusal for what is no zip archive, or a broken or encrypted one. */
export async function* zipEntries(file: string): AsyncGenerator<Entry> {
  try {
    const zip = await yauzl.openPromise(file, { decodeStrings: false })
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry)
      yield { name, kind: kindOf(entry, name), content: () => contentOf(zip, entry, name) }
    }
  } catch (error) {
    throw refusalOf(error)
  }
}

async function* contentOf(zip: yauzl.ZipFile, entry: yauzl.Entry, name: string) {
  if (entry.isEncrypted()) throw new Refusal('it is encrypted; hand it in without a password')
  if (!entry.canDecodeFileData())
    throw new Refusal(
      `${shown(name)} in it is packed by an unusual method (${entry.compressionMethod}); hand in an ordinary zip`,
    )
  try {
    let checksum = 0
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      checksum = zlib.crc32(chunk, checksum)
      yield chunk as Buffer
    }
    if (checksum !== entry.crc32) throw new Error(`the checksum of ${shown(name)} is wrong`)
  } catch (error) {
    throw refusalOf(error)
  }
}

/** Many zippers write names in the encoding of their system and do not say which. */
function nameOf(entry: yauzl.Entry): string {
  const isTold =
    (entry.generalPurposeBitFlag & UTF8_FLAG) !== 0 ||
    entry.extraFields.some(({ id }) => id === UTF8_NAME_FIELD)
  if (!isTold) return decodeText(entry.fileNameRaw)
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry
  return yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false)
}

function kindOf({ externalFileAttributes }: yauzl.Entry, name: string): Kind {
  const type = (externalFileAttributes >>> 16) & S_IFMT
  return KINDS.get(type) ?? (/[/\\]$/.test(name) ? 'folder' : 'file')
}

function refusalOf(error: unknown): unknown {
  if (error instanceof Refusal || (error instanceof Error && 'syscall' in error)) return error
  const { message } = error as Error
  if (/encryption/.test(message))
    return new Refusal('it is encrypted; hand it in without a password')
  if (/^End of central directory/.test(message))
    return new Refusal('it is cut short, or no zip archive at all; hand it in again')
  return new Refusal(`its zip archive is broken (${message}); hand it in again`)
}
