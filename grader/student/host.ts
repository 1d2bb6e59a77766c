/**
 * The program that runs a student's file. It is started by process.ts with the channel on descriptor
 * 3 and a pipe for its last words on 4; standard input and output belong to the student's program. It
 * trusts nothing it is not told, and nothing it says is trusted: verdicts are made elsewhere.
 */
import diagnostics from 'node:diagnostics_channel'
import fs from 'node:fs'
import net from 'node:net'
import { pathToFileURL } from 'node:url'
import { type Serializable, setEnvironmentData, type Worker } from 'node:worker_threads'
import { decode, encode } from './channel.ts'
import { mirror } from './mirror.ts'
import { mendPermitted } from './permitted.ts'
import {
  type How,
  type OptionOwner,
  type Reply,
  type Request,
  type RuntimeView,
  unpackArgument,
} from './protocol.ts'
import { type Modules, resolveForSubmission, SHARED } from './resolve.ts'
import type { Level } from './sockopt-names.ts'

const CHANNEL = 3
const LAST_WORDS = 4
const setup = JSON.parse(process.env.COURSE_HOST ?? '{}')
delete process.env.COURSE_HOST
// The usual one, whatever the grader's is: what a program's files may be hangs on it.
process.umask(0o022)
const modules: Modules = { packages: setup.packages, sources: {} }
resolveForSubmission(modules)
await mendPermitted()

// Taken before any student code runs, which may replace them.
const exit = process.exit.bind(process)
const activeResources = process.getActiveResourcesInfo.bind(process)
const channel = new net.Socket({ fd: CHANNEL })
const write = channel.write.bind(channel)
const handles = new Map<number, object>()
let program: Record<string, unknown> = {}
let file = ''
let lastHandle = 0
const workers = new Set<Worker>()

const servers = new Set<net.Server>()
const waitingForServer = new Set<(address: unknown) => void>()
diagnostics.subscribe('tracing:net.server.listen:asyncEnd', (event) => {
  const { server } = event as { server: net.Server }
  servers.add(server)
  server.once('close', () => servers.delete(server))
  for (const tell of waitingForServer) tell(server.address())
  waitingForServer.clear()
})

const sockets = new Set<net.Socket>()
for (const opened of ['net.server.socket', 'net.client.socket']) {
  diagnostics.subscribe(opened, (event) => {
    const { socket } = event as { socket: net.Socket }
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
}

const send = (reply: Reply) => write(encode(reply))

process.on('uncaughtExceptionMonitor', (error) => {
  // The process ends right after this; only a synchronous write still gets out.
  try {
    fs.writeSync(LAST_WORDS, encode(mirror(error, file)))
  } catch {}
})
process.on('worker', (worker) => {
  workers.add(worker)
  worker.once('exit', () => workers.delete(worker))
})
channel.on('error', () => exit(0))
channel.on('close', () => exit(0))
decode(
  channel,
  (message) => void answer(message as Request),
  () => exit(0),
)

async function answer(request: Request): Promise<void> {
  const failed = (how: How, error: unknown) =>
    send({ id: request.id, ok: false, how, error: mirror(error, file) })
  try {
    if (request.op === 'import') {
      file = request.file
      modules.sources = request.sources
      setEnvironmentData(SHARED, modules as unknown as Serializable)
      try {
        program = await import(pathToFileURL(file).href)
      } catch (error) {
        return void failed('not loaded', error)
      }
      return void send({ id: request.id, ok: true, value: Object.keys(program) })
    }
    if (request.op === 'view') {
      return void send({ id: request.id, ok: true, value: view() })
    }
    if (request.op === 'listening') {
      return void listening((value) => send({ id: request.id, ok: true, value }))
    }
    if (request.op === 'option') {
      const value = await option(request)
      return void send({ id: request.id, ok: true, value })
    }
    if (request.op === 'turn') {
      // Two poll phases on: a connection that waited has been accepted in the first, and read in the second.
      const answered = () => send({ id: request.id, ok: true, value: workers.size })
      return void setImmediate(() => setImmediate(answered))
    }
    if (request.op === 'end threads') {
      const ended = await Promise.all([...workers].map((worker) => worker.terminate()))
      return void send({ id: request.id, ok: true, value: ended.length })
    }
    if (request.op === 'release') {
      release()
      return void send({ id: request.id, ok: true, value: undefined })
    }
    const [owner, fn] = target(request)
    if (typeof fn !== 'function') return void failed(...missing(request, fn))
    const args = request.args.map(unpackArgument)
    let result: unknown
    try {
      result = request.op === 'construct' ? Reflect.construct(fn, args) : fn.apply(owner, args)
    } catch (error) {
      return void failed('threw', error)
    }
    try {
      result = await result
    } catch (error) {
      return void failed('rejected', error)
    }
    hand(request.id, result, request.op === 'construct')
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
    failed('not serialisable', new TypeError(`what it resolved with cannot be handed over: ${why}`))
  }
}

/** Tells the address of the TCP server that began to listen last, now or as soon as there is one. */
function listening(tell: (address: unknown) => void): void {
  const server = [...servers].filter((one) => one.listening).at(-1)
  if (server) tell(server.address())
  else waitingForServer.add(tell)
}

/** What the kernel says of one of the program's sockets; undefined when there is no such socket. */
async function option(request: { of: OptionOwner; level: Level; name: string }): Promise<unknown> {
  const { of } = request
  const socket =
    'handle' in of
      ? handles.get(of.handle)
      : [...sockets].find(({ remotePort }) => remotePort === of.peerPort)
  if (!socket) return undefined
  // Loaded when it is asked for: it would cost every process 7 ms.
  const { fdOf, getsockopt } = await import('#sockopt')
  return getsockopt(fdOf(socket as net.Socket), request.level, request.name)
}

function target(request: Request & { name: string }): [unknown, unknown] {
  if (request.op !== 'method') return [undefined, program[request.name]]
  const object = handles.get(request.handle) as Record<string, unknown> | undefined
  return [object, object?.[request.name]]
}

function missing(request: Request & { name: string }, found: unknown): [How, Error] {
  if (request.op === 'method') {
    return ['no such method', new Error(`what the function returned has no method ${request.name}`)]
  }
  if (found !== undefined) {
    return [
      'no such export',
      new Error(`\`${request.name}\` is exported, but it is a ${typeof found}, not a function`),
    ]
  }
  const names = Object.keys(program)
  const has = names.length === 0 ? 'it exports nothing' : `it exports ${names.join(', ')}`
  return ['no such export', new Error(`main.ts exports no \`${request.name}\`; ${has}`)]
}

/** Answers with a value, or with a handle for what has methods and must stay here. */
function hand(id: number, result: unknown, keep: boolean): void {
  if (!keep && !hasMethods(result)) return void send({ id, ok: true, value: result })
  const object = result as { constructor?: { name?: string }; address?: () => unknown }
  lastHandle += 1
  handles.set(lastHandle, object)
  let address: unknown = null
  try {
    if (typeof object.address === 'function') address = object.address()
  } catch {
    // a dgram.Socket that is not bound throws here: no address, as with a server that does not listen
  }
  send({
    id,
    ok: true,
    handle: { number: lastHandle, type: object.constructor?.name ?? 'object', address },
  })
}

function hasMethods(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false
  if (
    Array.isArray(value) ||
    ArrayBuffer.isView(value) ||
    value instanceof Map ||
    value instanceof Set
  )
    return false
  for (
    let object = value;
    object && object !== Object.prototype;
    object = Object.getPrototypeOf(object)
  ) {
    for (const name of Object.getOwnPropertyNames(object)) {
      if (name === 'constructor') continue
      const own = Object.getOwnPropertyDescriptor(object, name)
      if (typeof own?.value === 'function') return true
    }
  }
  return false
}

/** Closes whatever was handed out, so that the next test finds this process as it began. */
function release(): void {
  for (const object of handles.values()) {
    try {
      ;(object as { close?: () => void }).close?.()
    } catch {
      // already closed: what was wanted
    }
  }
  handles.clear()
}

function view(): RuntimeView {
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage()
  const resources = activeResources()
  const own = resources.indexOf('PipeWrap')
  if (own >= 0) resources.splice(own, 1)
  for (const worker of workers) if (isReferenced(worker)) resources.push('Worker')
  const memory = { rss, heapUsed, external, arrayBuffers }
  const queued = [...sockets].reduce((sum, { writableLength }) => sum + writableLength, 0)
  const { user, system } = process.cpuUsage()
  const threads = workers.size
  return { resources, threads, memory, queued, cpuMs: (user + system) / 1000 }
}

/** Whether a worker keeps the process alive. Node counts it as no resource and has no public way to ask. */
function isReferenced(worker: Worker): boolean {
  const held = Object.getOwnPropertySymbols(worker).find((key) => key.description === 'kHandle')
  const { [held ?? '']: handle } = worker as unknown as Record<
    PropertyKey,
    WorkerHandle | undefined
  >
  return handle?.hasRef?.() ?? false
}

type WorkerHandle = { hasRef?: () => boolean }
