import colors from 'yoctocolors'
import { wrap } from '../report/wrap.ts'

/** Where a session shows what it has to say: a screen that is redrawn, or lines one after another. */
export type View = {
  /** Whether one can ask for the rest by a key: then a page holds what matters now, else everything. */
  readonly isScreen: boolean
  /** A text that takes the place of the one before; one that can change is made anew when it is drawn. */
  page(text: string | (() => string), from?: 'start' | 'end'): void
  /** What happens just now, in a line that the next one replaces. */
  note(line: string): void
  /** Something that is wrong and stays so; the session goes on. */
  warn(sentence: string): void
  /** A key that is the view's own business, such as one that scrolls. */
  takesKey(key: string): boolean
  close(): void
}

/** For pipes, for screen readers and for those who want to scroll back: nothing is ever overwritten. */
export class Lines implements View {
  readonly isScreen = false

  page(text: string | (() => string)): void {
    console.log(`${wrap(typeof text === 'string' ? text : text())}\n`)
  }

  note(line: string): void {
    console.log(colors.dim(line))
  }

  warn(sentence: string): void {
    console.error(`course: ${wrap(sentence)}\n`)
  }

  takesKey(): boolean {
    return false
  }

  close(): void {}
}
