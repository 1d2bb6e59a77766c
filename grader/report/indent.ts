/** The width that every terminal has, in columns. */
export const WIDTH = 80

/** A text in lines that fit a terminal, each set in by so many columns. */
export function indented(text: string, by: number): string {
  const line = new RegExp(`(.{1,${WIDTH - by}})(?:\\s+|$)`, 'g')
  return text.replace(line, `${' '.repeat(by)}$1\n`).trimEnd()
}
