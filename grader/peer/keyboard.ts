import readline from 'node:readline'
import { stripVTControlCharacters } from 'node:util'
import stringWidth from 'string-width'
import { COMMANDS } from './commands.ts'

type Handlers = {
  prompt: () => string
  line: (line: string) => void
  /** Ctrl-D on an empty line */
  end: () => void
  /** Ctrl-C */
  interrupt: () => void
}

/** readline's own, but not in its types: earlier lines; how many rows it thinks are above the cursor. */
type Line = readline.Interface & { history: string[]; prevRows: number }

/** A line that is edited at the bottom of the terminal, while what happens is printed above it. */
export class Keyboard {
  #line: Line | undefined
  #handlers: Handlers | undefined

  open(handlers: Handlers): void {
    this.#handlers = handlers
    this.#begin([])
  }

  /** Prints above the line that is being typed; without one, like any line. */
  print(text: string): void {
    const line = this.#line
    if (!line) return void console.log(process.stdout.isTTY ? text : stripVTControlCharacters(text))
    this.#eraseRows(line.getCursorPos().rows)
    process.stdout.write(`${text}\n`)
    this.#draw(line)
  }

  /** Draws the line again if its prompt is to be another one now. */
  refresh(): void {
    const line = this.#line
    if (!line || line.getPrompt() === this.#handlers?.prompt()) return
    this.#eraseRows(line.getCursorPos().rows)
    this.#draw(line)
  }

  close(): void {
    const line = this.#line
    if (!line) return
    this.#eraseRows(line.getCursorPos().rows)
    this.#line = undefined
    line.close()
  }

  #begin(history: string[]): void {
    const line = readline.createInterface({
      input: process.stdin,
      output: process.stdout,
      history,
      completer: complete,
    }) as Line
    this.#line = line
    line.on('line', (text) => {
      // What was sent is shown as it went; the line as it was typed is not needed any more.
      const width = stringWidth(line.getPrompt() + text)
      this.#eraseRows(Math.floor(width / (process.stdout.columns || 80)) + 1)
      this.#draw(line)
      this.#handlers?.line(text)
    })
    line.on('SIGINT', () => {
      if (line.line === '') return this.#handlers?.interrupt()
      // As in a shell: what was typed is given up, not the session.
      line.write(null, { ctrl: true, name: 'e' })
      line.write(null, { ctrl: true, name: 'u' })
    })
    // Ctrl-Z would stop this process alone, and npm would keep the terminal.
    line.on('SIGTSTP', () => {})
    // At Ctrl-D readline closes; the next line is typed into another one.
    line.on('close', () => {
      if (this.#line !== line) return
      this.#eraseRows(line.getCursorPos().rows)
      this.#begin(line.history)
      this.#handlers?.end()
    })
    this.#draw(line)
  }

  /** Draws the line from the row of the cursor on. */
  #draw(line: Line): void {
    // What readline thinks is wrong after a paste.
    line.prevRows = 0
    line.setPrompt(this.#handlers?.prompt() ?? '')
    line.prompt(true)
  }

  /** Erases the row of the cursor and so many above it. */
  #eraseRows(rows: number): void {
    readline.moveCursor(process.stdout, 0, -rows)
    readline.cursorTo(process.stdout, 0)
    readline.clearScreenDown(process.stdout)
  }
}

/** The Tab key completes the name of a command. */
function complete(line: string): [string[], string] {
  const names = [...COMMANDS.keys()].map((name) => `/${name} `)
  return [line.startsWith('/') ? names.filter((name) => name.startsWith(line)) : [], line]
}
