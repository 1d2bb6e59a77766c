import { createHash } from 'node:crypto'

// #region chimera
const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8)

const before = 'monday tuesday'
// Cut after seven bytes. Then the file changed, but not its size.
const part = before.slice(0, 7)
const now = 'friday sundays'
const rest = now.slice(part.length)

console.log('put together:', part + rest)
console.log('size right:', (part + rest).length === now.length)
console.log('digest right:', digest(part + rest) === digest(now))

/** What is kept beside the part: to which file it belongs. */
const kept = { digest: digest(before), part }
const offsetFor = (announced: string) => (kept.digest === announced ? kept.part.length : 0)
console.log('the same file: go on at', offsetFor(digest(before)))
console.log('another file: go on at', offsetFor(digest(now)))
// #endregion
