import { quote } from '../../grader/wire/bytes.ts'
import { Finding } from '../../grader/wire/finding.ts'
import { Grown } from '../../grader/wire/grown.ts'
import type { Watch } from './watch.ts'

/** What the program has printed on one of its outputs. */
export class Lines {
  readonly #name: string
  readonly #watch: Watch
  readonly #printed = new Grown()
  #changed = Promise.withResolvers<void>()

  constructor(name: string, watch: Watch) {
    this.#name = name
    this.#watch = watch
  }

  take(chunk: Buffer): void {
    this.#printed.append(chunk)
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }

  get #bytes(): Buffer {
    return this.#printed.bytes
  }

  /** All that was printed so far. */
  get text(): string {
    return this.#bytes.toString()
  }

  /** The whole lines printed so far, without their `\n`. */
  get lines(): string[] {
    return this.text.split('\n').slice(0, -1)
  }

  /** Waits until `line` has been printed as a whole line, anywhere. */
  async expectLine(line: string): Promise<void> {
    while (!this.lines.includes(line)) {
      await this.#watch.wait(this.#changed.promise, () => ({
        kind: this.#bytes.length === 0 ? 'nothing came' : 'wrong bytes',
        message: `the line ${quote(Buffer.from(line)).text} was not printed on ${this.#name}`,
        // as text: the output holds ports, and a first differing byte would depend on them
        expected: quote(Buffer.from(`${line}\n`)).text,
        got: quote(this.#bytes, 200).text,
      }))
    }
  }

  /** Fails if `line` was printed. */
  expectNoLine(line: string, why: string): void {
    if (!this.lines.includes(line)) return
    throw new Finding({ kind: 'too many bytes', message: why, got: this.#bytes })
  }
}
