/**
 * Text whose encoding nobody tells: UTF-8 where it is valid UTF-8, else GBK (what Windows writes in China),
 * else one character a byte. A byte order mark is dropped.
 */
export function decodeText(bytes: Uint8Array): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      // not in this encoding: the next
    }
  }
  return Buffer.from(bytes).toString('latin1')
}
