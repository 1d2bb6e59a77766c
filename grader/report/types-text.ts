import colors from 'yoctocolors'

/** What the type checker said, for the terminal: a note, since the verdict does not hang on it. */
export function typesText(errors: readonly string[]): string {
  return errors
    .map((error, i) => `${colors.dim((i === 0 ? 'types' : '').padEnd(10))}${error}`)
    .join('\n')
}
