// bug: the client sends the name as it is, and a comma in it ends it where it should be written =2C
// catalogue: -
// fails: accounts: knows a name with a comma and an equals sign in it
// lesson: A password that never crosses the wire
/** SCRAM-SHA-256 (RFC 5802, RFC 7677) without channel binding: both sides prove that they know the password. */
import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Refusal } from './protocol.ts'

/** All that a server keeps of a password. Nobody can log in with it. */
export type Keys = { salt: Buffer; iterations: number; storedKey: Buffer; serverKey: Buffer }

const LEAST_ITERATIONS = 4_096
/** A server that asks for more than this only wants to keep its client busy. */
const MOST_ITERATIONS = 10_000_000
const FIRST = /^n,,n=((?:[^,=\0]|=2C|=3D)+),r=([!-+\--~]+)$/
const CHALLENGE = /^r=([!-+\--~]+),s=([A-Za-z0-9+/]+={0,2}),i=([1-9][0-9]*)(?:,|$)/
const FINAL = /^(c=([^,]*),r=([^,]*)),p=([^,]*)$/
/** `n,,` in Base64: no channel binding, as the first message said. */
const NO_BINDING = 'biws'

const stretch = promisify(pbkdf2)
const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest()
const xor = (a: Buffer, b: Buffer) => Buffer.from(a.map((byte, i) => byte ^ (b[i] ?? 0)))
const isSame = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b)
const newNonce = () => randomBytes(18).toString('base64')

async function clientAndServerKey(password: string, salt: Buffer, iterations: number) {
  const salted = await stretch(password.normalize('NFKC'), salt, iterations, 32, 'sha256')
  return { clientKey: hmac(salted, 'Client Key'), serverKey: hmac(salted, 'Server Key') }
}

export async function keysOf(password: string, salt: Buffer, iterations: number): Promise<Keys> {
  const { clientKey, serverKey } = await clientAndServerKey(password, salt, iterations)
  return { salt, iterations, storedKey: hash(clientKey), serverKey }
}

/** The server's side of one exchange. */
export class ServerExchange {
  readonly name: string
  readonly challenge: string
  readonly #keys: Keys
  readonly #nonce: string
  readonly #begun: string

  /** `first` is the client's first message; `keysFor` has keys for unknown names too. */
  constructor(first: string, keysFor: (name: string) => Keys, nonce = newNonce()) {
    const [, name, clientNonce] = FIRST.exec(first) ?? []
    if (name === undefined) throw new Refusal('bad-request')
    this.name = name.replaceAll('=2C', ',').replaceAll('=3D', '=')
    this.#keys = keysFor(this.name)
    this.#nonce = `${clientNonce}${nonce}`
    const { salt, iterations } = this.#keys
    this.challenge = `r=${this.#nonce},s=${salt.toString('base64')},i=${iterations}`
    this.#begun = `${first.slice('n,,'.length)},${this.challenge}`
  }

  /** The server's own proof, if the client's is right; undefined if not. */
  finish(final: string): string | undefined {
    const [, unproven, binding, nonce, proof] = FINAL.exec(final) ?? []
    if (proof === undefined || binding !== NO_BINDING || nonce !== this.#nonce) return undefined
    const { storedKey, serverKey } = this.#keys
    const exchange = `${this.#begun},${unproven}`
    const clientKey = xor(hmac(storedKey, exchange), Buffer.from(proof, 'base64'))
    if (!isSame(hash(clientKey), storedKey)) return undefined
    return `v=${hmac(serverKey, exchange).toString('base64')}`
  }
}

/** The client's side of one exchange. */
export class ClientExchange {
  readonly first: string
  readonly #password: string
  readonly #nonce: string
  #expected = Buffer.alloc(0)

  constructor(name: string, password: string, nonce = newNonce()) {
    this.first = `n,,n=${name},r=${nonce}`
    this.#password = password
    this.#nonce = nonce
  }

  /** The client's proof. Throws when the challenge is not one to answer. */
  async answer(challenge: string): Promise<string> {
    const [, nonce = '', salt = '', count] = CHALLENGE.exec(challenge) ?? []
    const iterations = Number(count)
    if (!nonce.startsWith(this.#nonce) || nonce === this.#nonce) {
      throw untrusted('the challenge is not an answer to this login')
    }
    if (!(iterations >= LEAST_ITERATIONS && iterations <= MOST_ITERATIONS)) {
      throw untrusted(`the server asks for ${iterations} iterations`)
    }
    const saltBytes = Buffer.from(salt, 'base64')
    const { clientKey, serverKey } = await clientAndServerKey(this.#password, saltBytes, iterations)
    const unproven = `c=${NO_BINDING},r=${nonce}`
    const exchange = `${this.first.slice('n,,'.length)},${challenge},${unproven}`
    this.#expected = hmac(serverKey, exchange)
    const proof = xor(clientKey, hmac(hash(clientKey), exchange))
    return `${unproven},p=${proof.toString('base64')}`
  }

  /** Throws unless the server has proven that it knows the password's keys. */
  verify(message: string): void {
    const [, proof = ''] = /^v=([^,]+)/.exec(message) ?? []
    if (this.#expected.length > 0 && isSame(Buffer.from(proof, 'base64'), this.#expected)) return
    throw untrusted('the server did not prove that it knows the password')
  }
}

function untrusted(why: string): Error {
  return Object.assign(new Error(`login given up: ${why}`), { code: 'auth-failed' })
}
