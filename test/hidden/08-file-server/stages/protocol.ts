/** The wire of the file server as the tests speak it: our own client, on a recorded connection. */
import { createHash } from 'node:crypto'
import { type Cuts, Finding, type Peer, same } from '../../../harness/index.ts'
import { clientFinal, clientFirst, readChallenge } from './scram.ts'

export type Account = { name: string; password: string; quotaBytes: number }
/** One line as an object. */
export type Message = Record<string, unknown>
export type Entry = { name: string; type: 'file' | 'dir'; size: number }

/** A source of test inputs; see the harness. */
export type Random = {
  word(length?: number): string
  int(low: number, high: number): number
  bytes(length: number): Uint8Array
  cuts(length: number): Cuts
}

/** Every code that a refusal may have. */
export const CODES = [
  'auth-failed',
  'login-first',
  'bad-request',
  'unknown-op',
  'forbidden',
  'not-found',
  'exists',
  'is-a-directory',
  'not-a-directory',
  'quota-exceeded',
  'bad-offset',
  'checksum-mismatch',
  'line-too-long',
]

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function lineOf(message: Message): string {
  return `${JSON.stringify(message)}\n`
}

export function refusal(error: string): Message {
  return { ok: false, error }
}

/** Fails, with a sentence that says what is wrong, unless all is right. */
export function ensure(isRight: boolean, wrong: string): void {
  if (!isRight) throw new Finding({ kind: 'wrong value', message: wrong })
}

/** Fails unless a message has all that was due; what it has besides is its own affair. */
export function sameMessage(got: Message, due: Message, what: string): void {
  // Of a refusal that was not due everybody wants to know the code.
  const keys = Object.keys(got.ok === false && due.ok !== false ? got : due)
  const told = Object.fromEntries(keys.map((key) => [key, got[key]]))
  same(told, due, what)
}

/** The next line of a peer's, which is to be a JSON object. */
export async function readMessage(peer: Peer, what = 'a line'): Promise<Message> {
  try {
    return messageOf(await peer.readLine())
  } catch (error) {
    if (error instanceof Finding && error.finding.kind !== 'wrong bytes') nameMissing(error, what)
    throw error
  }
}

/** Fails unless the next line of a peer's has all of `due`. */
export async function expectMessage(peer: Peer, due: Message, what: string): Promise<void> {
  sameMessage(await readMessage(peer, what), due, what)
}

/** What is missing is told by its name: that its newline is missing explains nothing. */
function nameMissing(error: Finding, what: string): void {
  const { finding } = error
  finding.message =
    finding.kind === 'too few bytes'
      ? `${what} came without its newline`
      : finding.message.replace('"\\n"', what)
  error.message = finding.message
  delete finding.expected
  delete finding.differ
}

export function messageOf(line: string): Message {
  try {
    const message: unknown = JSON.parse(line)
    if (typeof message === 'object' && message !== null) return message as Message
  } catch {
    // told below
  }
  throw new Finding({
    kind: 'wrong bytes',
    message: 'a line came that is no JSON object',
    got: Buffer.from(line),
  })
}

/** Fails unless a right login was answered with the server's proof, which is never the same twice. */
export function sameVerifier({ ok, message }: Message, verifier: string): void {
  same(ok, true, "ok in the answer to the client's last message of a right login")
  ensure(message === verifier, "the server's v=… is not the one that proves that it knows the keys")
}

/** How a request is called in what is said of its answer. */
function called(request: Message): string {
  if (request.op === 'auth') return 'the answer to an auth message'
  const text = JSON.stringify(request)
  return `the answer to ${text.length > 90 ? `${text.slice(0, 80)}…` : text}`
}

/** Our client of the student's server. */
export class Client {
  readonly peer: Peer
  readonly #random: Random

  constructor(peer: Peer, random: Random) {
    this.peer = peer
    this.#random = random
  }

  async greeted(): Promise<this> {
    const due = { server: 'course-files', version: 1 }
    await expectMessage(this.peer, due, "the server's first line")
    return this
  }

  /** Sends a request and waits for its answer. */
  async ask(request: Message): Promise<Message> {
    await this.peer.write(lineOf(request))
    return readMessage(this.peer, called(request))
  }

  /** Asks, and fails unless the answer has all of `due`. */
  async expect(request: Message, due: Message): Promise<Message> {
    const answer = await this.ask(request)
    sameMessage(answer, due, called(request))
    return answer
  }

  /** Asks for what is to be refused with one of `codes`. */
  async refused(request: Message, ...codes: string[]): Promise<Message> {
    const answer = await this.ask(request)
    if (answer.ok === false && codes.includes(String(answer.error))) return answer
    same(answer, refusal(codes.join(' or ')), called(request))
    return answer
  }

  /** Asks for a challenge. */
  async challenge(name: string): Promise<{ first: string; challenge: string }> {
    const nonce = this.#random.word(24)
    const first = clientFirst(name, nonce)
    const { ok, message } = await this.ask({ op: 'auth', message: first })
    const challenge = String(message)
    const isOne = ok === true && /^r=[^,]+,s=[A-Za-z0-9+/]+={0,2},i=\d+(,|$)/.test(challenge)
    ensure(isOne, `${first} was not answered with a challenge r=…,s=…,i=…`)
    const { nonce: whole, iterations } = readChallenge(challenge)
    const goesOn = whole.startsWith(nonce) && whole.length > nonce.length
    ensure(goesOn, "the challenge's r does not begin with the client's nonce and go on")
    ensure(iterations >= 4096, `the challenge asks for ${iterations} rounds, and 4096 is the least`)
    return { first, challenge }
  }

  /** Goes through a login up to the answer to the client's last message. */
  async tryLogin(name: string, password: string): Promise<{ answer: Message; verifier: string }> {
    const { first, challenge } = await this.challenge(name)
    const { message, verifier } = clientFinal(password, first, challenge)
    return { answer: await this.ask({ op: 'auth', message }), verifier }
  }

  async login({ name, password }: Account): Promise<this> {
    const { answer, verifier } = await this.tryLogin(name, password)
    sameVerifier(answer, verifier)
    return this
  }

  /** Fails unless a login is refused as a wrong password is. */
  async failLogin(name: string, password: string): Promise<void> {
    const { answer } = await this.tryLogin(name, password)
    sameMessage(answer, refusal('auth-failed'), 'the answer to a login that is to fail')
  }

  /** Announces a file; resolves with the offset from which the server wants it. */
  async announce(path: string, bytes: Uint8Array): Promise<number> {
    const request = { op: 'put', path, size: bytes.length, sha256: sha256(bytes) }
    const { offset } = await this.expect(request, { ok: true })
    const isOne = Number.isInteger(offset) && Number(offset) >= 0 && Number(offset) <= bytes.length
    if (!isOne) same(offset, 0, `the offset in ${called(request)}`)
    return Number(offset)
  }

  /** Sends a whole file, or what is missing of it; resolves with the offset from which it was sent. */
  async put(path: string, bytes: Uint8Array): Promise<number> {
    const offset = await this.announce(path, bytes)
    await this.peer.write(bytes.subarray(offset))
    await this.stored(path)
    return offset
  }

  /** Waits for the server's word that a file is whole. */
  async stored(path: string): Promise<void> {
    const what = `the answer to the last byte of ${path}`
    await expectMessage(this.peer, { ok: true }, what)
  }

  /** Fails unless the file at `path` is `bytes`, asked for from `offset` on. */
  async expectFile(path: string, bytes: Uint8Array, offset = 0): Promise<void> {
    await this.expect(
      { op: 'get', path, offset },
      { ok: true, size: bytes.length, sha256: sha256(bytes) },
    )
    if (bytes.length > offset) await this.peer.expect(bytes.subarray(offset))
  }

  async list(path?: string): Promise<Entry[]> {
    const request = path === undefined ? { op: 'ls' } : { op: 'ls', path }
    return entriesOf(await this.expect(request, { ok: true }))
  }

  /** Fails unless these names, and no others, are in a directory. */
  async expectNames(names: string[], path?: string): Promise<void> {
    const entries = await this.list(path)
    same(
      entries.map(({ name }) => name),
      names,
      `what ls shows of ${path ?? 'the current directory'}`,
    )
  }
}

/** The entries of an answer to `ls`, with the fields that an entry has. */
export function entriesOf(answer: Message): Entry[] {
  const { entries } = answer
  if (Array.isArray(entries)) {
    return entries.map(({ name, type, size }: Entry) => ({ name, type, size }))
  }
  same(answer, { ok: true, entries: [] }, 'the answer to ls')
  return []
}
