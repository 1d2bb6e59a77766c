import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'

/**
 * How long a program may take to do what is waited for. With two cores at a load of 26 the slowest
 * test took 12 s as a whole. It is below vitest's own limit, so that a failure says what was waited
 * for and what came instead.
 */
const PATIENCE_MS = 30_000

type Output = 'stdout' | 'stderr'

const DONE = 'ended with exit code 0'

// A colour or another encoding in what a program prints would be the environment's word, not its own.
const ENVIRONMENT = {
  ...process.env,
  NO_COLOR: undefined,
  FORCE_COLOR: '0',
  PYTHONUTF8: '1',
  PYTHONUNBUFFERED: '1',
}

/** One program as a process of ours. Its outputs are kept whole, as bytes. */
export class Program {
  readonly #name: string
  readonly #child: ChildProcessWithoutNullStreams
  readonly #closed: Promise<void>
  readonly #printed: Record<Output, Buffer> = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) }
  #changed = Promise.withResolvers<void>()
  #ending: string | undefined

  constructor(command: string, args: readonly string[], cwd: string) {
    this.#name = [command, ...args].map((word) => word.replace(`${cwd}/`, '')).join(' ')
    this.#child = spawn(command, args, { cwd, env: ENVIRONMENT, stdio: 'pipe' })
    // A program that ended takes no more input; its ending is reported to whoever waits for it.
    this.#child.stdin.on('error', () => {})
    for (const output of ['stdout', 'stderr'] as const) {
      this.#child[output].on('data', (chunk: Buffer) => {
        this.#printed[output] = Buffer.concat([this.#printed[output], chunk])
        this.#change()
      })
    }
    this.#child.on('error', (error) => this.#end(`could not be started: ${error.message}`))
    // Not `exit`: that may come before the last of the output.
    this.#closed = new Promise((resolve) => {
      this.#child.on('close', (code, signal) => {
        this.#end(signal ? `was ended by ${signal}` : `ended with exit code ${code}`)
        resolve()
      })
    })
  }

  get stdout(): string {
    return this.#printed.stdout.toString()
  }

  /** Types `input`; resolves when the program has taken it, but for what the pipe to it holds. */
  type(input: string | Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      this.#child.stdin.write(input, () => resolve())
    })
  }

  /** Types `input`, if any, and then the end of input (Ctrl-D). */
  endInput(input: string | Uint8Array = ''): void {
    this.#child.stdin.end(input)
  }

  /** Waits until the program has printed `text`. */
  async prints(text: string | RegExp, output: Output = 'stdout'): Promise<void> {
    await this.#until(`print ${show(text)} on ${output}`, () => {
      const printed = this.#printed[output].toString()
      return (text instanceof RegExp ? text.test(printed) : printed.includes(text)) || undefined
    })
  }

  /** Waits until the program tells which port it listens on. Asked for port 0, some repeat the 0. */
  async port(): Promise<string> {
    return await this.#until('tell its port', () => {
      const told = `${this.#printed.stderr}\n${this.#printed.stdout}`
      return told.match(/listening on \S+[ :]([1-9]\d*)\n/i)?.[1]
    })
  }

  /** Waits until the program ends by itself, with exit code 0, and gives all of its stdout. */
  async result(encoding: BufferEncoding = 'utf8'): Promise<string> {
    const ending = await this.#until('end by itself', () => this.#ending)
    if (ending !== DONE) throw this.#failure(`${ending}, where exit code 0 was expected`)
    return this.#printed.stdout.toString(encoding)
  }

  /** Ends the process, if it still lives, and waits until it is gone. */
  async stop(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#closed
  }

  async #until<T>(what: string, look: () => T | undefined): Promise<T> {
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      this.#change()
    }, PATIENCE_MS)
    try {
      for (;;) {
        const found = look()
        if (found !== undefined) return found
        if (this.#ending) throw this.#failure(`${this.#ending} and did not ${what}`)
        if (isLate) throw this.#failure(`did not ${what} within ${PATIENCE_MS / 1000} s`)
        await this.#changed.promise
      }
    } finally {
      clearTimeout(timer)
    }
  }

  #change(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }

  #end(ending: string): void {
    this.#ending ??= ending
    this.#change()
  }

  #failure(what: string): Error {
    const { stdout, stderr } = this.#printed
    const printed = `\nstdout: ${show(String(stdout))}\nstderr: ${show(String(stderr))}`
    return new Error(`${this.#name} ${what}${printed}`)
  }
}

function show(text: string | RegExp): string {
  return text instanceof RegExp ? String(text) : JSON.stringify(text)
}
