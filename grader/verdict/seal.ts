import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import fs from 'node:fs'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'

/**
 * Hidden tests travel to students sealed: compressed and encrypted, each beside the place where it lies
 * open in the course. The key is here for everybody to read. A seal is a courtesy to those who do not
 * want to see a test by chance (in a search, in an editor); it keeps nobody out who wants to come in.
 */
const KEY = createHash('sha256').update('Hidden tests are more fun while they are hidden.').digest()
const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

/** Where the seal of a file lies. */
export function sealOf(file: string): string {
  return `${file}.sealed`
}

/** The sealed form of a text: the same one each time, so that only what changed looks changed. */
export function seal(text: string): Buffer {
  const packed = brotliCompressSync(text)
  const iv = createHash('sha256').update(packed).digest().subarray(0, IV_BYTES)
  const cipher = createCipheriv(CIPHER, KEY, iv)
  const body = Buffer.concat([cipher.update(packed), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body])
}

/** The text of a file that lies open, or sealed; undefined when it does neither. Throws when its seal is damaged. */
export function readOpenOrSealed(file: string): string | undefined {
  if (fs.existsSync(file)) return fs.readFileSync(file, 'utf8')
  const sealed = sealOf(file)
  if (!fs.existsSync(sealed)) return undefined
  try {
    return unseal(fs.readFileSync(sealed))
  } catch {
    throw new Error(`${sealed} is damaged: get this file again from where you have the course`)
  }
}

function unseal(bytes: Buffer): string {
  const decipher = createDecipheriv(CIPHER, KEY, bytes.subarray(0, IV_BYTES))
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  const body = bytes.subarray(IV_BYTES + TAG_BYTES)
  return brotliDecompressSync(Buffer.concat([decipher.update(body), decipher.final()])).toString()
}
