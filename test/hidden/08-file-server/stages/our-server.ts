/** A file server of ours for the student's client, on recorded connections. */
import { Finding, type Peer } from '../../../harness/index.ts'
import {
  type Account,
  type Entry,
  ensure,
  lineOf,
  type Message,
  type Random,
  readMessage,
  refusal,
  sha256,
} from './protocol.ts'
import { attribute, clientFinal, clientFirst } from './scram.ts'

/** What a test has our server do otherwise. */
export type Ways = {
  /** the challenge as sent, made from the right one */
  challenge?: (right: string, nonce: string) => string
  /** the last message of a login as sent */
  verifier?: (right: string) => string
  /** answers a request after the login, if it is this test's affair; true when it has */
  answer?: (request: Message, wire: Wire) => Promise<boolean>
  /** sees every request after the login, and a proof that answers a wrong challenge */
  seen?: (request: Message) => void
}

type Listener = { address: { host: string; port: number }; accept(): Promise<Peer> }

/** One connection that the student's client made. */
export class Wire {
  readonly peer: Peer
  /** we have reset it: nothing more can come */
  isReset = false

  constructor(peer: Peer) {
    this.peer = peer
  }

  readonly say = async (message: Message): Promise<void> => {
    await this.peer.write(lineOf(message))
  }

  /** Cuts the connection. */
  cut(way: 'end' | 'reset'): void {
    this.isReset = way === 'reset'
    this.peer[way]()
  }

  /** The client's next request; undefined when it has left. */
  async request(): Promise<Message | undefined> {
    if (this.isReset) return undefined
    try {
      return await readMessage(this.peer, "the client's next message")
    } catch (error) {
      const kind = error instanceof Finding ? error.finding.kind : undefined
      if (this.peer.ending && kind !== 'wrong bytes') return undefined
      throw error
    }
  }
}

export class OurServer {
  readonly account: Account
  /** the files of the one user, by name */
  readonly files = new Map<string, Uint8Array>()
  /** what has come of cut uploads, by name */
  readonly parts = new Map<string, Buffer>()
  /** all the connections that the client made */
  readonly wires: Wire[] = []
  readonly #listener: Listener
  readonly #random: Random
  #next: Promise<Peer> | undefined

  constructor(listener: Listener, account: Account, random: Random) {
    this.#listener = listener
    this.account = account
    this.#random = random
  }

  get address(): { host: string; port: number } {
    return this.#listener.address
  }

  /**
   * Serves all the connections that a call makes; settles as the call does, once they are gone. The first
   * thing that is wrong on one of them ends it all.
   */
  async serve<T>(call: Promise<T>, ways: Ways = {}): Promise<T> {
    const settled = call.then(nothing, nothing)
    const broken = Promise.withResolvers<never>()
    broken.promise.catch(nothing)
    for (;;) {
      const peer = await Promise.race([settled, broken.promise, this.#accept()])
      if (!peer) break
      const wire = new Wire(peer)
      this.wires.push(wire)
      this.#converse(wire, ways).catch(broken.reject)
    }
    for (const { isReset, peer } of this.wires) {
      if (!isReset) await Promise.race([peer.expectGone(), broken.promise])
    }
    return call
  }

  /** A connection that came while nobody waited for it is the next call's. */
  #accept(): Promise<Peer> {
    if (!this.#next) {
      const next = this.#listener.accept()
      const taken = () => {
        this.#next = undefined
      }
      next.then(taken, taken)
      this.#next = next
    }
    return this.#next
  }

  async #converse(wire: Wire, ways: Ways): Promise<void> {
    await wire.say({ server: 'course-files', version: 1 })
    if (await this.#login(wire, ways)) {
      for (let request = await wire.request(); request; request = await wire.request()) {
        ways.seen?.(request)
        if (!(await ways.answer?.(request, wire))) await this.answer(request, wire)
      }
    }
    wire.peer.end()
  }

  /** Whether the client went on after its login. */
  async #login(wire: Wire, ways: Ways): Promise<boolean> {
    const first = await wire.request()
    if (!first) return false
    const firstMessage = String(first.message)
    const nonce = attribute(firstMessage.slice('n,,'.length), 'r')
    const isFirst = first.op === 'auth' && firstMessage === clientFirst(this.account.name, nonce)
    ensure(isFirst && nonce !== '', "the client's first message is not n,,n=NAME,r=NONCE")
    const salt = Buffer.from(this.#random.bytes(16))
    const right = `r=${nonce}${this.#random.word(18)},s=${salt.toString('base64')},i=4096`
    const challenge = ways.challenge?.(right, nonce) ?? right
    await wire.say({ ok: true, message: challenge })
    const second = await wire.request()
    if (!second) return false
    // A proof is worth something even to a false server.
    if (challenge !== right) ways.seen?.(second)
    const due = clientFinal(this.account.password, firstMessage, challenge)
    if (second.op !== 'auth' || second.message !== due.message) {
      await wire.say(refusal('auth-failed'))
      return false
    }
    await wire.say({ ok: true, message: ways.verifier?.(due.verifier) ?? due.verifier })
    return true
  }

  /** Answers a request as a right server does. */
  async answer(request: Message, wire: Wire): Promise<void> {
    if (request.op === 'get') return this.#get(request, wire)
    if (request.op === 'put') return this.#put(request, wire)
    if (request.op === 'ls') return wire.say({ ok: true, entries: this.entries() })
    if (request.op === 'cd' || request.op === 'pwd') return wire.say({ ok: true, path: '/' })
    await wire.say(refusal('unknown-op'))
  }

  entries(): Entry[] {
    const entries = [...this.files].map(([name, { length }]) => ({
      name,
      type: 'file',
      size: length,
    }))
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1)) as Entry[]
  }

  async #get(request: Message, wire: Wire): Promise<void> {
    const bytes = this.files.get(nameOf(request))
    const offset = Number(request.offset ?? 0)
    if (!bytes) return wire.say(refusal('not-found'))
    if (offset > bytes.length) return wire.say(refusal('bad-offset'))
    await wire.say({ ok: true, size: bytes.length, sha256: sha256(bytes) })
    await wire.peer.write(bytes.subarray(offset))
  }

  async #put(request: Message, wire: Wire): Promise<void> {
    const name = nameOf(request)
    const part = this.parts.get(name) ?? Buffer.alloc(0)
    await wire.say({ ok: true, offset: part.length })
    const rest = await wire.peer.read(Number(request.size) - part.length)
    const bytes = Buffer.concat([part, rest])
    this.parts.delete(name)
    if (sha256(bytes) !== request.sha256) return wire.say(refusal('checksum-mismatch'))
    this.files.set(name, bytes)
    await wire.say({ ok: true })
  }
}

/** The name that a request's path has in the home. */
export function nameOf(request: Message): string {
  return String(request.path).replace(/^\//, '')
}

function nothing(): undefined {}
