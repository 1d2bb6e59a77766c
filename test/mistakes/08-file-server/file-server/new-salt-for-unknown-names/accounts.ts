// bug: the salt of an unknown name is drawn anew each time, and asking twice tells that the name does not exist
// catalogue: -
// fails: login: gives a name that nobody has a challenge with the same salt each time
// lesson: A password that never crosses the wire
import { createHmac, randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { Parts } from './parts.ts'
import { Home } from './paths.ts'
import { Quota } from './quota.ts'
import { type Keys, keysOf } from './scram.ts'

export type AccountOptions = { name: string; password: string; quotaBytes: number }

/** A user, as all the connections share it. */
export type Account = { keys: Keys; home: Home; quota: Quota; parts: Parts }

/** The least that RFC 7677 allows. More makes guessing slower, and logging in too. */
const ITERATIONS = 4_096
const SECRET_BYTES = 32

export class Accounts {
  readonly #accounts = new Map<string, Account>()
  readonly #secret: Buffer

  private constructor(secret: Buffer) {
    this.#secret = secret
  }

  /** Makes what the users need below `dataDir`. Of the passwords only keys are kept, and these in memory alone. */
  static async open(dataDir: string, options: AccountOptions[]): Promise<Accounts> {
    await fs.mkdir(dataDir, { recursive: true })
    const accounts = new Accounts(await secretIn(dataDir))
    const add = async ({ name, password, quotaBytes }: AccountOptions) => {
      // The name becomes a folder's.
      if (['', '.', '..'].includes(name) || /[/\\\0]/.test(name)) {
        throw new RangeError(`no folder can have the account's name ${JSON.stringify(name)}`)
      }
      const keys = await keysOf(password, accounts.#saltFor(name), ITERATIONS)
      const home = await Home.at(path.join(dataDir, 'home', name))
      const parts = await Parts.at(path.join(dataDir, 'parts', name), quotaBytes)
      accounts.#accounts.set(name, { keys, home, parts, quota: new Quota(home.root, quotaBytes) })
    }
    await Promise.all(options.map(add))
    return accounts
  }

  get(name: string): Account | undefined {
    return this.#accounts.get(name)
  }

  /** A user's keys. For a name that nobody has: keys that look alike and that no password fits. */
  readonly keysFor = (name: string): Keys => {
    const keys = this.#accounts.get(name)?.keys
    if (keys) return keys
    const salt = randomBytes(16)
    return { salt, iterations: ITERATIONS, storedKey: randomBytes(32), serverKey: randomBytes(32) }
  }

  /** Always the same for a name, so that it does not tell whether the name is known. */
  #saltFor(name: string): Buffer {
    return createHmac('sha256', this.#secret).update(name).digest().subarray(0, 16)
  }
}

/** The server's own random bytes: those of its last run, or new ones. */
async function secretIn(dataDir: string): Promise<Buffer> {
  const place = path.join(dataDir, 'secret')
  try {
    const secret = await fs.readFile(place)
    if (secret.length === SECRET_BYTES) return secret
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const secret = randomBytes(SECRET_BYTES)
  await fs.writeFile(place, secret, { mode: 0o600 })
  return secret
}
