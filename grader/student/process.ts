import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import os from 'node:os'
import type { Duplex, Readable, Writable } from 'node:stream'
import { programIn } from './bubblewrap.ts'
import { decode, encode } from './channel.ts'
import { type Death, deaths, ProgramDied } from './death.ts'
import { residentWithChildren } from './memory.ts'
import { killOrphans } from './orphans.ts'
import {
  type HostSetup,
  type MirroredError,
  type Reply,
  type Request,
  readError,
  readReply,
} from './protocol.ts'
import { hostCommand, hostEnvironment, type Isolation } from './sandbox.ts'

/** What a program may print in one test, in bytes. */
export const OUTPUT_LIMIT = 16 * 1024 * 1024

/** What a program and all that it started may have in memory, in bytes, and how often that is looked at. */
const MEMORY_LIMIT = 2 * 2 ** 30
const MEMORY_LOOK_MS = 200

type Unnumbered<T> = T extends { id: number } ? Omit<T, 'id'> : never
type Start = {
  host: string
  folder: string
  scratch: string
  isolation: Isolation
  setup: HostSetup
  debugPort?: number
}

/** What Node itself prints on stderr where a debugger may come: no part of what the program prints. */
const INSPECTOR =
  /^(Debugger (listening on (?<url>ws:.*)|attached\.|ending on .*)|For help, see: .*|Waiting for the debugger to disconnect\.\.\.)\n/gm

/**
 * One process that runs a student's program. It emits `stdout` and `stderr` with each chunk that the
 * program prints and `death` when it ends before `kill` was called; `waits`, with the address for a debugger,
 * when it was started to wait for one.
 */
export class StudentProcess extends EventEmitter<{
  stdout: [Buffer]
  stderr: [Buffer]
  waits: [string]
  death: [Death]
}> {
  readonly started: Readonly<Start>
  death: Death | undefined
  readonly #child: ChildProcess
  readonly #channel: Duplex
  readonly #gone: Promise<void>
  readonly #waiting = new Map<number, (reply: Reply | undefined) => void>()
  #lastId = 0
  #killed = false
  #printed = 0
  #dying: MirroredError | undefined
  readonly #mark = randomUUID()
  #program: number | undefined

  constructor(start: Start) {
    super()
    this.started = start
    const [command, args] = hostCommand(start.isolation, start)
    this.#child = spawn(command, args, {
      cwd: start.folder,
      env: hostEnvironment(start.isolation, start, start.setup, this.#mark),
      stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
      // A process group of its own: what the program starts ends with it.
      detached: true,
    })
    this.#channel = this.#child.stdio[3] as Duplex
    this.#channel.on('error', () => {})
    this.stdin.on('error', () => {})
    decode(
      this.#channel,
      (message) => this.#receive(message),
      (why) => this.#end(deaths.garbled(why)),
    )
    // A pipe of its own for last words: nothing is ever written to it, so no broken pipe can cost them.
    const lastWords = this.#child.stdio[4] as Duplex
    lastWords.on('error', () => {})
    decode(
      lastWords,
      (message) => {
        this.#dying = readError(message)
      },
      () => {},
    )
    for (const name of ['stdout', 'stderr'] as const) {
      const stream = this.#child[name] as Readable
      stream.on('data', (bytes: Buffer) => {
        const chunk = name === 'stderr' ? this.#withoutInspector(bytes) : bytes
        if (chunk.length === 0) return
        this.#printed += chunk.length
        if (this.#printed > OUTPUT_LIMIT) return this.#end(deaths.flooded(OUTPUT_LIMIT))
        this.emit(name, chunk)
      })
    }
    const looks = setInterval(() => this.#lookAtMemory(), MEMORY_LOOK_MS).unref()
    this.#gone = new Promise((resolve) => {
      this.#child.once('close', () => clearInterval(looks))
      this.#child.once('error', (error) => {
        this.#end({ how: 'crashed', message: `the program could not be started: ${error.message}` })
        resolve()
      })
      this.#child.once('close', (code, signal) => {
        this.#end(this.#why(code, signal))
        resolve()
      })
    })
  }

  /** The process id of the program, as the grader sees it; 0 if it could not be started. */
  get pid(): number {
    if (this.started.isolation === 'os' && this.#child.pid)
      this.#program ??= programIn(this.#child.pid)
    return this.#program ?? this.#child.pid ?? 0
  }

  get stdin(): Writable {
    return this.#child.stdin as Writable
  }

  /** Asks the host; resolves with its reply, rejects with ProgramDied when none can come any more. */
  async request(request: Unnumbered<Request>): Promise<Reply> {
    if (this.death) throw new ProgramDied(this.death)
    this.#lastId += 1
    const id = this.#lastId
    const reply = await new Promise<Reply | undefined>((resolve) => {
      this.#waiting.set(id, resolve)
      this.#channel.write(encode({ ...request, id }))
    })
    if (reply) return reply
    throw new ProgramDied(this.death ?? deaths.killed('the grader'))
  }

  /** Ends the process and all that it started; resolves when it is gone. Never throws. */
  async kill(): Promise<void> {
    this.#killed = true
    // A coverage run needs the exit that writes it; the host leaves when its channel closes.
    if (process.env.NODE_V8_COVERAGE && !this.death) {
      this.#channel.end()
      await Promise.race([this.#gone, new Promise((resolve) => setTimeout(resolve, 5000).unref())])
    }
    this.#signal()
    // They may hold the program's output open, and it is not gone before that is closed. In a sandbox all
    // end with its first process.
    if (this.started.isolation !== 'os') killOrphans(this.#mark, this.#child.pid ?? 0)
    await this.#gone
  }

  /** Declares the process dead for a reason that the grader found, and makes it so. */
  condemn(death: Death): void {
    this.#end(death)
  }

  #withoutInspector(bytes: Buffer): Buffer {
    if (this.started.debugPort === undefined) return bytes
    const text = bytes.toString('latin1').replace(INSPECTOR, (...found) => {
      const { url } = found.at(-1)
      if (url) this.emit('waits', url)
      return ''
    })
    return Buffer.from(text, 'latin1')
  }

  #lookAtMemory(): void {
    if (residentWithChildren(this.#child.pid ?? 0) > MEMORY_LIMIT)
      this.#end(deaths.greedy(MEMORY_LIMIT))
  }

  #signal(): void {
    // What could not be started has no group; 0 would be the grader's own.
    if (!this.#child.pid) return
    try {
      process.kill(-this.#child.pid, 'SIGKILL')
    } catch {
      // no process of the group is left
    }
  }

  #receive(message: unknown): void {
    const reply = readReply(message)
    if (!reply) return this.#end(deaths.garbled('no reply'))
    const resolve = this.#waiting.get(reply.id)
    if (!resolve) return this.#end(deaths.garbled('a reply that nobody asked for'))
    this.#waiting.delete(reply.id)
    resolve(reply)
  }

  #why(code: number | null, signal: string | null): Death {
    if (this.#dying) return deaths.crashed(this.#dying)
    if (signal) return deaths.killed(signal)
    const inSandbox = this.started.isolation === 'os' ? signalNamed((code ?? 0) - 128) : undefined
    return inSandbox ? deaths.killed(inSandbox) : deaths.exited(code ?? 0)
  }

  #end(death: Death): void {
    if (!this.death) {
      this.death = death
      if (!this.#killed) this.emit('death', death)
    }
    this.#signal()
    for (const resolve of this.#waiting.values()) resolve(undefined)
    this.#waiting.clear()
  }
}

/** bwrap tells of a signal as shells do: by exit status 128 and its number. */
function signalNamed(number: number): string | undefined {
  return Object.entries(os.constants.signals).find(([, known]) => known === number)?.[0]
}
