import fs from 'node:fs'
import { buffer } from 'node:stream/consumers'
import zlib from 'node:zlib'
import { type Header, pack } from 'tar-stream'

/** A member of a zip made for a test; everything that a hostile zip may lie about can be said. */
export type ZipMember = {
  name: string | Buffer
  content?: string | Buffer
  /** as `st_mode`: what kind of file it claims to be */
  mode?: number
  /** general purpose bits: 1 is encrypted, 0x800 a UTF-8 name */
  flags?: number
  method?: number
  /** the size that the headers tell */
  size?: number
  crc?: number
}

/** Writes a zip (APPNOTE 4.3: local headers with data, central directory, its end). */
export function writeZip(file: string, members: ZipMember[]): void {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const {
    name,
    content = '',
    mode = 0o100644,
    flags = 0x800,
    method = 8,
    ...told
  } of members) {
    const plain = Buffer.from(content)
    const packed = method === 8 ? zlib.deflateRawSync(plain) : plain
    const nameBytes = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(told.crc ?? zlib.crc32(plain), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(told.size ?? plain.length, 18)
    common.writeUInt16LE(nameBytes.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, nameBytes, packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE((mode << 16) >>> 0, 6)
    rest.writeUInt32LE(offset, 10)
    // made by: Unix (3), version 2.0
    central.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, rest, nameBytes)
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(members.length, 8)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  fs.writeFileSync(file, Buffer.concat([...locals, directory, end]))
}

export type TarMember = Partial<Header> & { name: string; content?: string | Buffer }

/** Writes a .tar.gz, or with a `pack` of its own anything else that holds a tar. */
export async function writeTar(
  file: string,
  members: TarMember[],
  compress: (tar: Buffer) => Buffer = zlib.gzipSync,
): Promise<void> {
  const archive = pack()
  for (const { content, ...header } of members) {
    if (content === undefined) archive.entry(header, '')
    else archive.entry(header, content)
  }
  archive.finalize()
  fs.writeFileSync(file, compress(await buffer(archive)))
}
