import { describe } from '../../grader/student/death.ts'
import type { StudentProcess } from '../../grader/student/process.ts'
import type {
  Handle,
  How,
  MirroredError,
  Reply,
  RuntimeView,
} from '../../grader/student/protocol.ts'
import { Finding, type Found, type Kind } from '../../grader/wire/finding.ts'
import type { Recorder } from '../../grader/wire/recording.ts'
import type { Endpoint } from '../../grader/wire/tcp.ts'
import { Lines } from './lines.ts'
import { show } from './show.ts'
import type { Watch } from './watch.ts'

/** The program's own rejection or exception, with the fields that contracts speak of. */
export class StudentError extends Error {
  readonly how: 'threw' | 'rejected'
  readonly code: string | undefined
  readonly errno: number | undefined
  readonly syscall: string | undefined
  readonly at: string | undefined
  constructor(how: 'threw' | 'rejected', error: MirroredError) {
    super(error.message)
    this.name = error.name
    this.how = how
    this.code = error.code
    this.errno = error.errno
    this.syscall = error.syscall
    this.at = error.at
  }
}

const GRIEF: Partial<Record<How, Kind>> = {
  'no such export': 'no such export',
  'no such method': 'no such method',
  'not serialisable': 'not serialisable',
}

/** The student's program as a test sees it. Every call and everything printed is recorded. */
export class Student {
  readonly stdout: Lines
  readonly stderr: Lines
  readonly #process: StudentProcess
  readonly #recorder: Recorder
  readonly #watch: Watch

  constructor(process: StudentProcess, recorder: Recorder, watch: Watch) {
    this.#process = process
    this.#recorder = recorder
    this.#watch = watch
    this.stdout = new Lines('stdout', watch)
    this.stderr = new Lines('stderr', watch)
    for (const name of ['stdout', 'stderr'] as const) {
      process.on(name, (chunk) => {
        recorder.bytes(name, 'out', '', chunk)
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
    const reply = await this.#ask({ op: 'call', name, args }, name, args)
    return ('handle' in reply ? reply.handle : reply.value) as T
  }

  async #start(name: string, args: unknown[]): Promise<Server> {
    const reply = await this.#ask({ op: 'call', name, args }, name, args)
    if (!('handle' in reply)) {
      const message = `${name} resolved with ${show(reply.value)}, which is no server: it has no methods`
      throw new Finding({ kind: 'never listened', message, got: show(reply.value) })
    }
    return new Server(reply.handle, args[0] as Partial<Endpoint>, (method, given) =>
      this.#method(reply.handle, method, given),
    ).checked(name)
  }

  /** Constructs an exported class. */
  async construct(name: string, ...args: unknown[]): Promise<Server> {
    const reply = await this.#ask({ op: 'construct', name, args }, `new ${name}`, args)
    if (!('handle' in reply)) throw new Error('a construction always answers with a handle')
    return new Server(reply.handle, {}, (method, given) =>
      this.#method(reply.handle, method, given),
    )
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

  /** The process id, for what only the kernel knows. */
  get pid(): number {
    return this.#process.pid
  }

  async #method(handle: Handle, name: string, args: unknown[]): Promise<unknown> {
    const reply = await this.#ask(
      { op: 'method', handle: handle.number, name, args },
      `server.${name}`,
      args,
    )
    return 'handle' in reply ? reply.handle : reply.value
  }

  async #ask(
    request: Parameters<StudentProcess['request']>[0],
    shown: string,
    args: unknown[],
  ): Promise<Extract<Reply, { ok: true }>> {
    const text = `${shown}(${args.map(show).join(', ')})`
    this.#recorder.add({ kind: 'call', way: 'in', conn: '', text })
    const reply = await this.#watch.wait(this.#process.request(request), () => ({
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
      this.#watch.callFailed({
        kind: reply.how,
        message: `${shown} ${reply.how}: ${describe(reply.error)}`,
      })
      throw new StudentError(reply.how, reply.error)
    }
    const finding: Found = {
      kind: GRIEF[reply.how] ?? 'threw',
      message: `${shown}: ${reply.error.message}`,
    }
    this.#watch.callFailed(finding)
    throw new Finding(finding)
  }
}

/** A test that failed elsewhere never comes to await its calls; that must not end the grader. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}

/** A server (or another object with methods) that lives in the student's process. */
export class Server {
  readonly type: string
  readonly host: string
  readonly port: number
  readonly #asked: Partial<Endpoint>
  readonly #invoke: (method: string, args: unknown[]) => Promise<unknown>

  constructor(
    handle: Handle,
    asked: Partial<Endpoint>,
    invoke: (method: string, args: unknown[]) => Promise<unknown>,
  ) {
    const address = handle.address as { address?: string; port?: number } | null
    this.type = handle.type
    this.host = address?.address ?? ''
    this.port = address?.port ?? 0
    this.#asked = asked
    this.#invoke = invoke
  }

  /** This server, once it is sure that it listens where it was told to. Throws a Finding otherwise. */
  checked(name: string): this {
    const { host, port } = this.#asked
    if (this.port === 0) {
      const message = `${name} resolved, but its server does not listen: address() gives no port`
      throw new Finding({ kind: 'never listened', message })
    }
    if (host !== undefined && host !== 'localhost' && host !== this.host) {
      const message = `${name} was told to listen on ${host} and listens on ${this.host}`
      throw new Finding({ kind: 'wrong host', message, expected: host, got: this.host })
    }
    if (port && port !== this.port) {
      const message = `${name} was told to listen on port ${port} and listens on ${this.port}`
      throw new Finding({
        kind: 'wrong port',
        message,
        expected: String(port),
        got: String(this.port),
      })
    }
    return this
  }

  get address(): Endpoint {
    return { host: this.host, port: this.port }
  }

  /** Calls a method of the object and resolves with its result. */
  call<T = unknown>(method: string, ...args: unknown[]): Promise<T> {
    return handled(this.#invoke(method, args) as Promise<T>)
  }

  /** Calls `close()`: no more connections are taken. Resolves at once, not at `close`'s event. */
  async close(): Promise<void> {
    await this.#invoke('close', [])
  }
}
