import headless from '@xterm/headless'

/** Without a binary for this platform there is no pseudo-terminal: visible as skips, a failure where CI is set. */
const pty = await import('@lydell/node-pty').catch((error) => {
  if (process.env.CI) throw error
  return undefined
})

/** Whether this machine can make pseudo-terminals: `describe.skipIf(!hasTerminals)`. */
export const hasTerminals = pty !== undefined

type Options = {
  cwd?: string
  /** on top of this process's own; `undefined` takes a variable away */
  env?: Record<string, string | undefined>
  columns?: number
  rows?: number
  /** what is printed, as it comes */
  onOutput?: (data: string) => void
}

export type Exit = { code: number; signal: number | undefined }

/**
 * A command in a terminal of 80 × 24 or the given size, and the screen that a person would look at.
 * Its type is xterm-256color, so colours are on unless NO_COLOR is set.
 */
export class Terminal {
  /** resolves when the command has ended and the screen shows all that it printed */
  readonly exited: Promise<Exit>
  /** all that the command printed, escape sequences included */
  output = ''
  #exit: Exit | undefined
  readonly #pty
  readonly #screen
  #changed = Promise.withResolvers<void>()

  constructor(command: string, args: string[], options: Options = {}) {
    const { columns: cols = 80, rows = 24, cwd = process.cwd(), env = {}, onOutput } = options
    if (!pty) throw new Error('this machine cannot make a pseudo-terminal: see hasTerminals')
    const all = Object.entries({ ...process.env, ...env }).filter(
      ([, value]) => value !== undefined,
    )
    const size = { cols, rows }
    const name = 'xterm-256color'
    this.#screen = new headless.Terminal({ ...size, scrollback: 10_000, allowProposedApi: true })
    this.#pty = pty.spawn(command, args, { ...size, name, cwd, env: Object.fromEntries(all) })
    this.#pty.onData((data) => {
      this.output += data
      onOutput?.(data)
      this.#screen.write(data, () => this.#wake())
    })
    // What a terminal is asked (where is the cursor, what are you) it answers.
    this.#screen.onData((answer) => this.#pty.write(answer))
    this.exited = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode, signal }) => {
        this.#screen.write('', () => {
          this.#exit = { code: exitCode, signal: signal || undefined }
          resolve(this.#exit)
          this.#wake()
        })
      })
    })
  }

  /** Types keys: `\r` is Enter, `\x03` Ctrl-C, `\x04` Ctrl-D, `\x1b[A` the arrow up. */
  type(keys: string): void {
    this.#pty.write(keys)
  }

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows)
    this.#pty.resize(columns, rows)
  }

  /** The rows that are in sight, without white space at their ends. */
  get rows(): string[] {
    const { baseY } = this.#screen.buffer.active
    return Array.from({ length: this.#screen.rows }, (_, y) => this.#row(baseY + y))
  }

  /** Where the cursor is: column and row, both from 0, of what is in sight. */
  get cursor(): { x: number; y: number } {
    const { cursorX: x, cursorY: y } = this.#screen.buffer.active
    return { x, y }
  }

  /** All lines, those that have scrolled away first. A line that was too long for its row is one line. */
  get text(): string {
    const { active } = this.#screen.buffer
    let text = ''
    for (let y = 0; y < active.length; y++) {
      const goesOn = active.getLine(y + 1)?.isWrapped ?? false
      text += goesOn ? this.#row(y, false) : `${this.#row(y)}\n`
    }
    return text.trimEnd()
  }

  /** Resolves with all lines once they match, which may be at once; fails when the command ends before. */
  async until(condition: RegExp | ((terminal: this) => boolean)): Promise<string> {
    const isMet = () => (condition instanceof RegExp ? condition.test(this.text) : condition(this))
    while (!isMet()) {
      if (this.#exit) throw new Error(`it ended before ${condition} was seen:\n${this.text}`)
      await this.#changed.promise
    }
    return this.text
  }

  /** Ends the command if it still runs, with SIGTERM or the given signal. */
  async close(signal = 'SIGTERM'): Promise<Exit> {
    if (!this.#exit) this.#pty.kill(signal)
    const exit = await this.exited
    this.#screen.dispose()
    return exit
  }

  #row(y: number, isTrimmed = true): string {
    // What a row held beyond the edge before the window became narrower is out of sight.
    const { cols, buffer } = this.#screen
    const row = buffer.active.getLine(y)?.translateToString(isTrimmed, 0, cols) ?? ''
    return isTrimmed ? row.trimEnd() : row
  }

  #wake(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }
}
