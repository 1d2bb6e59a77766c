// bug: an offset is compared with the size alone, and one below 0 is taken
// catalogue: -
// fails: transfer: gives back what it took, byte for byte, from any offset
// lesson: A file appears whole or not at all
/** The two requests that bring bytes with them. */
import fs from 'node:fs/promises'
import { bytesOf, hashOf } from './bytes.ts'
import type { Coming, Part } from './parts.ts'
import { resolve } from './paths.ts'
import { type Message, Refusal } from './protocol.ts'
import type { User } from './session.ts'

/** Answers with size and digest of a file and sends its bytes from `offset`. */
export async function get({ wire, account, current }: User, request: Message): Promise<void> {
  const { offset = 0 } = request
  if (typeof offset !== 'number') throw new Refusal('bad-request')
  const file = await account.home.open(resolve(current, request.path))
  try {
    const { size } = await file.stat()
    if (!Number.isInteger(offset) || offset > size) throw new Refusal('bad-offset')
    const sha256 = (await hashOf(file, size)).digest('hex')
    await wire.send({ ok: true, size, sha256 })
    for await (const piece of bytesOf(file, offset, size)) await wire.write(piece)
  } finally {
    await file.close()
  }
}

/** Takes a file. It lies outside the home until all of it has come and is right. */
export async function put(user: User, request: Message): Promise<void> {
  const { wire, account, current } = user
  const { size, sha256 } = request
  const isSize = typeof size === 'number' && Number.isSafeInteger(size) && size >= 0
  const isDigest = typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256)
  if (!isSize || !isDigest) throw new Refusal('bad-request')
  const coming = { virtual: resolve(current, request.path), size, sha256 }
  await account.quota.reserve(await account.home.locateFile(coming.virtual), size)
  let part: Part
  try {
    part = await receive(user, coming)
  } catch (error) {
    account.quota.giveBack(size)
    throw error
  }
  await account.quota.use(size, () => appear(user, coming, part))
  await wire.send({ ok: true })
}

/** Takes what is missing of a file and resolves when the whole is right. A part that was cut is kept. */
async function receive({ wire, account }: User, coming: Coming): Promise<Part> {
  const part = await account.parts.take(coming)
  let digest: string
  try {
    await wire.send({ ok: true, offset: part.length })
    const hash = await hashOf(part.file, part.length)
    for await (const piece of wire.readBytes(coming.size - part.length)) {
      hash.update(piece)
      await part.file.appendFile(piece)
    }
    digest = hash.digest('hex')
    // On the disk before it appears, even if the power fails.
    await part.file.sync()
  } catch (error) {
    await account.parts.keep(part)
    throw error
  }
  if (digest === coming.sha256) return part
  await account.parts.drop(part)
  throw new Refusal('checksum-mismatch')
}

/** Puts the file where it belongs, in one step. The way there may have changed since the upload began. */
async function appear({ account }: User, { virtual }: Coming, part: Part): Promise<void> {
  try {
    await fs.rename(part.place, await account.home.locateFile(virtual))
  } finally {
    await account.parts.drop(part)
  }
}
