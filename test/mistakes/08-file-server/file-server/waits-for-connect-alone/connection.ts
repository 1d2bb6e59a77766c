// bug: the client waits for the connect event alone; where nobody listens that never comes, and the call never settles
// catalogue: 23
// fails: listing: its client rejects with the code of a refusal and of the system
// lesson: Errors arrive as events
import net from 'node:net'
import { GREETING, type Message } from './protocol.ts'
import { ClientExchange } from './scram.ts'
import { CutOff, Wire } from './wire.ts'

export type Session = { host: string; port: number; user: string; password: string }

/** The longest answer that a client reads, in bytes: the list of a large directory is long. */
const MOST_ANSWER = 64 * 1024 * 1024

/** Connects, logs in, does `work`, and closes the connection on every path. */
export async function connected<T>(
  { host, port, user, password }: Session,
  work: (wire: Wire) => Promise<T>,
): Promise<T> {
  const socket = net.connect({ host, port })
  const wire = new Wire(socket)
  try {
    await new Promise<void>((resolve) => socket.once('connect', resolve))
    await logIn(wire, user, password)
    const result = await work(wire)
    wire.leave()
    return result
  } catch (error) {
    wire.destroy()
    throw error
  }
}

async function logIn(wire: Wire, user: string, password: string): Promise<void> {
  const { server, version } = await readMessage(wire)
  if (server !== GREETING.server || version !== GREETING.version) {
    throw new Error(`this is no course-files server of version 1, it says ${server} ${version}`)
  }
  const exchange = new ClientExchange(user, password)
  const challenge = await ask(wire, { op: 'auth', message: exchange.first })
  const proof = await exchange.answer(String(challenge.message))
  const verdict = await ask(wire, { op: 'auth', message: proof })
  exchange.verify(String(verdict.message))
}

/** Sends a request and resolves with its answer; rejects with the server's refusal as `code`. */
export async function ask(wire: Wire, request: Message): Promise<Message> {
  await wire.send(request)
  return readAnswer(wire)
}

export async function readAnswer(wire: Wire): Promise<Message> {
  const answer = await readMessage(wire)
  if (answer.ok === true) return answer
  const { ok, error: code, ...details } = answer
  throw Object.assign(new Error(`the server refused: ${code}`), details, { code })
}

async function readMessage(wire: Wire): Promise<Message> {
  const line = await wire.readLine(MOST_ANSWER)
  if (!line) throw new CutOff()
  const message: unknown = JSON.parse(line.toString())
  if (typeof message === 'object' && message !== null) return message as Message
  throw new Error(`the server sent ${line}, which is no message`)
}

/** A number of bytes that the server named. */
export function byteCount(value: unknown, most = Number.MAX_SAFE_INTEGER): number {
  if (Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= most) {
    return Number(value)
  }
  throw new Error(`the server named ${value} as a number of bytes, at most ${most} is possible`)
}
