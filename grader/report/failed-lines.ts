import path from 'node:path'
import type { Verdict } from '../verdict/result.ts'
import { near } from './near.ts'

/**
 * Each failed test in one line, `failed    FILE:LINE:COLUMN  TITLE`, for editors (the problem matcher in
 * .vscode/tasks.json) and for terminals in which such a place can be clicked. The place is the one that the
 * failure names, else the beginning of the file.
 */
export function failedLines({ outcomes }: Verdict, main: string): string[] {
  const shown = near(main)
  return outcomes.flatMap(({ title, finding }) => {
    if (!finding) return []
    const [, name, line, column] = / at ([\w-]+\.ts):(\d+):(\d+)/.exec(finding.message) ?? []
    const file = name ? path.join(path.dirname(shown), name) : shown
    return [`failed    ${file}:${line ?? 1}:${column ?? 1}  ${title}`]
  })
}
