import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'

// #region keys
const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest()
const xor = (a: Buffer, b: Buffer) => Buffer.from(a.map((byte, i) => byte ^ b.readUInt8(i)))

function keysOf(password: string, salt: string, iterations: number) {
  const salted = pbkdf2Sync(password, Buffer.from(salt, 'base64'), iterations, 32, 'sha256')
  return { client: hmac(salted, 'Client Key'), server: hmac(salted, 'Server Key') }
}
// #endregion

// #region client
const first = 'n=user,r=rOprNGfwEbeRWgbNEkqO'
const nonces = 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0'
const challenge = `${nonces},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`
const unproven = `c=biws,${nonces}`
const exchange = `${first},${challenge},${unproven}`

function proofFor(password: string): Buffer {
  const { client } = keysOf(password, 'W22ZaJ0SNY7soEsUEjb6gQ==', 4096)
  return xor(client, hmac(sha256(client), exchange))
}

const proof = proofFor('pencil')
console.log('the client proves:', proof.toString('base64'))
// #endregion

// #region server
// Made when the account was, and all that the server keeps besides salt and iterations.
const keys = keysOf('pencil', 'W22ZaJ0SNY7soEsUEjb6gQ==', 4096)
const kept = { stored: sha256(keys.client), server: keys.server }

const claimed = xor(proof, hmac(kept.stored, exchange))
console.log('the server agrees:', sha256(claimed).equals(kept.stored))
console.log('the server proves:', hmac(kept.server, exchange).toString('base64'))
// #endregion

// #region guess
for (const guess of ['secret', 'crayon', 'pencil']) {
  console.log(guess, proofFor(guess).equals(proof))
}
// #endregion
