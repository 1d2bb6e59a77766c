import { createHash } from 'node:crypto'

// #region hash
const song = 'monday tuesday'
const [part, rest] = [song.slice(0, 7), song.slice(7)]
const short = (hash: ReturnType<typeof createHash>) => hash.digest('hex').slice(0, 8)

console.log('the whole:     ', short(createHash('sha256').update(song)))
console.log('the rest alone:', short(createHash('sha256').update(rest)))
console.log('part, rest:    ', short(createHash('sha256').update(part).update(rest)))
// #endregion
