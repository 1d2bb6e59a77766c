import stringWidth from 'string-width'

/** Parts side by side as far as they fit; one that does not begins a new line. */
export function wrapParts(parts: string[], columns: number): string[] {
  const lines: string[] = []
  for (const part of parts) {
    const joined = [...lines.slice(-1), part].join(' ')
    if (stringWidth(joined) <= columns && !joined.includes('\n')) lines.splice(-1, 1, joined)
    else lines.push(...wrap(part, columns))
  }
  return lines
}

/** A text in lines of at most `columns`, broken at spaces where that can be; a wide character has two. */
export function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line.trim(), columns))
}

function wrapLine(text: string, columns: number): string[] {
  const lines: string[] = []
  let rest = text
  while (stringWidth(rest) > columns) {
    const fits = start(rest, columns)
    const space = fits.lastIndexOf(' ')
    // A line that would be left mostly empty is broken within the word instead.
    const line = space > fits.length / 2 ? fits.slice(0, space) : fits
    lines.push(line.trimEnd())
    rest = rest.slice(line.length).trimStart()
  }
  return [...lines, rest]
}

function start(text: string, columns: number): string {
  let result = ''
  for (const character of text) {
    if (stringWidth(result + character) > columns) break
    result += character
  }
  return result
}
