import { createHmac, randomBytes } from 'node:crypto'

// #region unknown
const key = randomBytes(32)
const salts = new Map([['anna', randomBytes(16).toString('base64')]])

const drawn = () => randomBytes(16).toString('base64')
const derived = (name: string) =>
  createHmac('sha256', key).update(name).digest().subarray(0, 16).toString('base64')

for (const forNobody of [drawn, derived]) {
  const saltOf = (name: string) => salts.get(name) ?? forNobody(name)
  for (const name of ['anna', 'zoe']) {
    const [once, again] = [saltOf(name), saltOf(name)]
    console.log(`${forNobody.name}, ${name}:`, once === again ? 'the same again' : 'another one')
  }
}
// #endregion
