import { describe } from '../../grader/student/death.ts'
import { forgetPeak, residentBytes } from '../../grader/student/memory.ts'
import type { StudentProcess } from '../../grader/student/process.ts'
import {
  type Handle,
  type How,
  type OptionOwner,
  packArgument,
  type Reply,
  type RuntimeView,
} from '../../grader/student/protocol.ts'
import type { Level } from '../../grader/student/sockopt-names.ts'
import { Finding, type Found, type Kind } from '../../grader/wire/finding.ts'
import type { Peer } from '../../grader/wire/peer.ts'
import type { Recorder } from '../../grader/wire/recording.ts'
import type { Endpoint } from '../../grader/wire/tcp.ts'
import { watchCores } from './core-times.ts'
import { Lines } from './lines.ts'
import { handled, Server } from './server.ts'
import { show } from './show.ts'
import { StudentError } from './student-error.ts'
import type { Watch } from './watch.ts'

const GRIEF: Partial<Record<How, Kind>> = {
  'no such export': 'no such export',
  'no such method': 'no such method',
  'not serialisable': 'not serialisable',
}

/** What of the program is called. */
type Target =
  | { op: 'call' | 'construct'; name: string }
  | { op: 'method'; handle: number; name: string }

/** The student's program as a test sees it. Every call and everything printed is recorded. */
export class Student {
  readonly stdout: Lines
  readonly stderr: Lines
  #process: StudentProcess
  readonly #renew: () => Promise<StudentProcess>
  readonly #recorder: Recorder
  readonly #watch: Watch

  /** `renew` ends the process and makes another one. */
  constructor(
    process: StudentProcess,
    renew: () => Promise<StudentProcess>,
    recorder: Recorder,
    watch: Watch,
  ) {
    this.#process = process
    this.#renew = renew
    this.#recorder = recorder
    this.#watch = watch
    this.stdout = new Lines('stdout', watch)
    this.stderr = new Lines('stderr', watch)
    this.#adopt(process)
  }

  /**
   * Ends the program as kill -9 does, in the middle of whatever it does, and starts it anew. Handles of
   * servers belong to the old process; calls under way are never answered.
   */
  async restart(): Promise<void> {
    this.#recorder.add({ kind: 'note', way: 'in', conn: '', text: 'kill -9, and a new process' })
    this.#adopt(await this.#renew())
  }

  /**
   * Ends every worker thread of the program from outside, in the middle of whatever it does. The program
   * gets each one's `exit` and no `error`. Resolves with how many there were, when they are gone.
   */
  async endThreads(): Promise<number> {
    this.#recorder.add({ kind: 'note', way: 'in', conn: '', text: 'every worker thread is ended' })
    const reply = await this.#process.request({ op: 'end threads' })
    if (!reply.ok || 'handle' in reply) throw new Error('the host cannot end threads')
    return Number(reply.value)
  }

  /** The process that runs the program now. */
  get process(): StudentProcess {
    return this.#process
  }

  #adopt(process: StudentProcess): void {
    this.#process = process
    for (const name of ['stdout', 'stderr'] as const) {
      process.on(name, (chunk) => {
        this.#recorder.bytes(name, 'out', '', chunk)
        this[name].take(chunk)
      })
    }
  }

  /** Calls an export and resolves with its plain result; rejects with StudentError as the program did. */
  call<T = unknown>(name: string, ...args: unknown[]): Promise<T> {
    return handled(this.#call<T>(name, args))
  }

  /** Calls an export that resolves with a server (or any object with methods) and checks where it listens. */
  start(name: string, ...args: unknown[]): Promise<Server> {
    return handled(this.#start(name, args))
  }

  async #call<T>(name: string, args: unknown[]): Promise<T> {
    const reply = await this.#ask({ op: 'call', name }, name, args)
    return ('handle' in reply ? reply.handle : reply.value) as T
  }

  async #start(name: string, args: unknown[]): Promise<Server> {
    const reply = await this.#ask({ op: 'call', name }, name, args)
    if (!('handle' in reply)) {
      const message = `${name} resolved with ${show(reply.value)}, which is no server: it has no methods`
      throw new Finding({ kind: 'never listened', message, got: show(reply.value) })
    }
    return this.#server(reply.handle, args[0]).checked(name)
  }

  /** Constructs an exported class. */
  async construct(name: string, ...args: unknown[]): Promise<Server> {
    const reply = await this.#ask({ op: 'construct', name }, `new ${name}`, args)
    if (!('handle' in reply)) throw new Error('a construction always answers with a handle')
    return this.#server(reply.handle)
  }

  /**
   * Where the program listens, as soon as it does: for functions that tell nobody. It is the TCP
   * server that began to listen last. Fails when the program comes to rest without one.
   */
  listening(): Promise<Endpoint> {
    const asked = async () => {
      const reply = await this.#watch.wait(this.#process.request({ op: 'listening' }), () => ({
        kind: 'never listened',
        message: 'the program did not begin to listen',
      }))
      if (!reply.ok || 'handle' in reply) throw new Error('the host knows of no servers')
      const { address, port } = reply.value as { address: string; port: number }
      return { host: address, port }
    }
    return handled(asked())
  }

  /** Types on the program's standard input: text as it is, so a line needs its `\n`. */
  type(text: string): void {
    this.#recorder.bytes('stdin', 'in', '', Buffer.from(text))
    this.#process.stdin.write(text)
  }

  /** Ends the program's standard input (Ctrl-D). */
  endInput(): void {
    this.#recorder.add({ kind: 'note', way: 'in', conn: '', text: 'end of standard input' })
    this.#process.stdin.end()
  }

  /** What the runtime says of the program now. */
  async view(): Promise<RuntimeView> {
    const reply = await this.#process.request({ op: 'view' })
    if (!reply.ok || 'handle' in reply) throw new Error('the host has no view')
    return reply.value as RuntimeView
  }

  /**
   * A socket option of the connection that the program accepted from `peer`, as the kernel has it in the
   * program's process.
   */
  option(peer: Peer, level: Level, name: string): Promise<number> {
    return this.#option({ peerPort: peer.name.port }, level, name)
  }

  /**
   * Does `work` and fails when the program's resident memory was meanwhile, at its highest, more than
   * `most` bytes above what it was before. A program that streams needs some tens of MiB for itself.
   */
  async growsAtMost(most: number, work: () => Promise<void>): Promise<void> {
    const resident = async () => residentBytes(this.pid)?.now ?? (await this.view()).memory.rss
    const before = await resident()
    forgetPeak(this.pid)
    await work()
    // What was sent may still lie in the kernel's buffers, megabytes for each connection.
    await this.#watch.settled()
    const highest = residentBytes(this.pid)?.peak ?? (await resident())
    const grown = highest - before
    if (grown <= most) return
    const message = `the program's memory grew by ${mib(grown)}, and ${mib(most)} is more than it needs for this`
    throw new Finding({ kind: 'too much memory', message })
  }

  /** Fails if the program comes to grief over what has happened until now. */
  async expectAlive(): Promise<void> {
    await this.#watch.settled()
    await this.#watch.turn()
    await this.view()
  }

  /** Begins to watch how the program and the test share the cores; see core-times.ts. */
  watchCores(): ReturnType<typeof watchCores> {
    return watchCores([this.pid, process.pid])
  }

  /** The process id, for what only the kernel knows. */
  get pid(): number {
    return this.#process.pid
  }

  #server(handle: Handle, asked?: unknown): Server {
    return new Server(handle, asked, {
      invoke: (method, args) => this.#method(handle, method, args),
      option: (level, name) => this.#option({ handle: handle.number }, level, name),
    })
  }

  async #option(of: OptionOwner, level: Level, name: string): Promise<number> {
    const reply = await this.#process.request({ op: 'option', of, level, name })
    if (!reply.ok) {
      const message = `the kernel does not tell ${name}: ${describe(reply.error)}`
      throw new Finding({ kind: 'wrong value', message })
    }
    if ('handle' in reply || reply.value === undefined) {
      const message = `the program has no socket for this connection any more, so ${name} cannot be read`
      throw new Finding({ kind: 'wrong value', message })
    }
    const value = reply.value as number
    const text = `the kernel's value of ${name} is ${value}`
    this.#recorder.add({ kind: 'note', way: 'out', conn: '', text })
    return value
  }

  async #method(handle: Handle, name: string, args: unknown[]): Promise<unknown> {
    const target = { op: 'method', handle: handle.number, name } as const
    const reply = await this.#ask(target, `server.${name}`, args)
    return 'handle' in reply ? reply.handle : reply.value
  }

  async #ask(
    target: Target,
    shown: string,
    args: unknown[],
  ): Promise<Extract<Reply, { ok: true }>> {
    const text = `${shown}(${args.map(show).join(', ')})`
    this.#recorder.add({ kind: 'call', way: 'in', conn: '', text })
    const request = this.#process.request({ ...target, args: args.map(packArgument) })
    const reply = await this.#watch.wait(request, () => ({
      kind: 'never settled',
      message: `the promise of ${text} never settled`,
    }))
    if (reply.ok) {
      const value = 'handle' in reply ? `a ${reply.handle.type}` : show(reply.value)
      this.#recorder.add({
        kind: 'return',
        way: 'out',
        conn: '',
        text: `${shown} resolved: ${value}`,
      })
      return reply
    }
    this.#recorder.add({
      kind: 'return',
      way: 'out',
      conn: '',
      text: `${shown} ${reply.how}: ${describe(reply.error)}`,
    })
    if (reply.how === 'threw' || reply.how === 'rejected') {
      const failure: Found = {
        kind: reply.how,
        message: `${shown} ${reply.how}: ${describe(reply.error)}`,
      }
      this.#watch.callFailed(failure)
      throw new StudentError(reply.how, reply.error, () => this.#watch.callExpected(failure))
    }
    const finding: Found = {
      kind: GRIEF[reply.how] ?? 'threw',
      message: `${shown}: ${reply.error.message}`,
    }
    this.#watch.callFailed(finding)
    throw new Finding(finding)
  }
}

function mib(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MiB`
}
