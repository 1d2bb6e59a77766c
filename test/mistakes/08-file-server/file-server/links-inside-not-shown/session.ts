// bug: a symbolic link is neither file nor directory by itself, so one that stays inside is not shown
// catalogue: -
// fails: listing: does not show a link that leads out
// lesson: What is here
import fs from 'node:fs/promises'
import path from 'node:path'
import type { Account, Accounts } from './accounts.ts'
import { type Home, resolve, statOf } from './paths.ts'
import { type Entry, type Message, MOST_LINE, parse, Refusal, refusalOf } from './protocol.ts'
import { ServerExchange } from './scram.ts'
import { get, put } from './transfer.ts'
import type { Wire } from './wire.ts'

const MOST_FAILURES = 3

/** A connection on which somebody has logged in. The current directory is the connection's. */
export type User = { wire: Wire; account: Account; current: string }

/** One connection: reads requests and answers them, one after another. */
export class Session {
  readonly #wire: Wire
  readonly #accounts: Accounts
  #exchange: ServerExchange | undefined
  #failures = 0
  #user: User | undefined

  constructor(wire: Wire, accounts: Accounts) {
    this.#wire = wire
    this.#accounts = accounts
  }

  /** Resolves when the client has no more requests or is not to be heard any longer. */
  async run(): Promise<void> {
    while (this.#failures < MOST_FAILURES) {
      try {
        const line = await this.#wire.readLine(MOST_LINE)
        if (!line) return
        await this.#answer(parse(line))
      } catch (error) {
        const refusal = refusalOf(error)
        if (!refusal) throw error
        await this.#wire.send({ ok: false, error: refusal.code, ...refusal.details })
        if (refusal.code === 'line-too-long') return
        if (refusal.code === 'auth-failed') this.#failures += 1
      }
    }
  }

  async #answer(request: Message): Promise<void> {
    if (typeof request.op !== 'string') throw new Refusal('bad-request')
    if (request.op === 'auth') return this.#authenticate(request.message)
    if (!this.#user) throw new Refusal('login-first')
    if (request.op === 'get') return get(this.#user, request)
    if (request.op === 'put') return put(this.#user, request)
    await this.#wire.send({ ok: true, ...(await perform(this.#user, request)) })
  }

  async #authenticate(message: unknown): Promise<void> {
    if (typeof message !== 'string' || this.#user) throw new Refusal('bad-request')
    if (!message.startsWith('c=')) {
      this.#exchange = new ServerExchange(message, this.#accounts.keysFor)
      return this.#wire.send({ ok: true, message: this.#exchange.challenge })
    }
    // An exchange is good for one attempt.
    const exchange = this.#exchange
    this.#exchange = undefined
    const proof = exchange?.finish(message)
    const account = exchange && this.#accounts.get(exchange.name)
    if (!proof || !account) throw new Refusal('auth-failed')
    this.#user = { wire: this.#wire, account, current: '/' }
    await this.#wire.send({ ok: true, message: proof })
  }
}

/** The requests that are done in one step. Resolves with what the answer says besides `ok`. */
async function perform(user: User, request: Message): Promise<Message> {
  const { home } = user.account
  if (request.op === 'pwd') return { path: user.current }
  if (request.op === 'ls') {
    return { entries: await list(home, resolve(user.current, request.path ?? '.')) }
  }
  if (request.op === 'cd') {
    const virtual = resolve(user.current, request.path)
    const found = await fs.stat(await home.locate(virtual))
    if (!found.isDirectory()) throw new Refusal('not-a-directory')
    user.current = virtual
    return { path: virtual }
  }
  if (request.op === 'mkdir') {
    await fs.mkdir(await home.locate(resolve(user.current, request.path)))
    return {}
  }
  throw new Refusal('unknown-op')
}

async function list(home: Home, virtual: string): Promise<Entry[]> {
  const names = await fs.readdir(await home.locate(virtual))
  // The default order is that of code units.
  const entries = names.sort().map((name) => entryOf(home, virtual, name))
  return (await Promise.all(entries)).filter((entry) => entry !== undefined)
}

/** Undefined for what is not shown: what is neither file nor directory. */
async function entryOf(home: Home, folder: string, name: string): Promise<Entry | undefined> {
  try {
    await home.locate(path.posix.join(folder, name))
    const found = await statOf(path.join(await home.locate(folder), name))
    if (found?.isDirectory()) return { name, type: 'dir', size: 0 }
    if (found?.isFile()) return { name, type: 'file', size: found.size }
  } catch (error) {
    // It has gone meanwhile, or leads out.
    if (!refusalOf(error)) throw error
  }
  return undefined
}
