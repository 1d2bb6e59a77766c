/** The wrong program and the right one beside each other, without what does not matter to the bug. */
import fs from 'node:fs'
import path from 'node:path'
import { structuredPatch } from 'diff'
import type { ExerciseInfo } from '../../grader/manifest.ts'
import type { Mistake } from '../../grader/verdict/mistakes.ts'
import { highlightLines } from '../content/highlight.ts'

/** One file of a wrong program: its lines, and those of the solution where they differ. Lines are HTML. */
export type ProgramFile = { name: string; lines: Line[]; fixes: Fix[] }
export type Line = { html: string; kind: 'right' | 'wrong' | 'missing' }
/** A place to mend: unchanged lines, lines to take out, lines to put in. */
export type Fix = { mark: ' ' | '-' | '+'; html: string }[]

const CONTEXT = 2

/** The files that a mistake has; those of the solution that it leaves as they are, it has not. */
export function filesOf(exercise: ExerciseInfo, mistake: Mistake): ProgramFile[] {
  const isWhole = path.dirname(mistake.file) === exercise.mistakes
  const folder = path.dirname(mistake.file)
  const names = isWhole ? [path.basename(mistake.file)] : fs.readdirSync(folder).sort()
  const right = path.dirname(exercise.solution)
  return names.map((file) => {
    const name = isWhole ? 'main.ts' : file
    const solution = path.join(right, name)
    return compared(
      name,
      fs.readFileSync(path.join(folder, file), 'utf8'),
      fs.existsSync(solution) ? fs.readFileSync(solution, 'utf8') : '',
    )
  })
}

function compared(name: string, wrong: string, right: string): ProgramFile {
  const [bad, good] = [essence(wrong), essence(right)]
  const [badLines, goodLines] = [highlightLines(bad, 'ts'), highlightLines(good, 'ts')]
  const { hunks } = structuredPatch('', '', bad, good, '', '', { context: CONTEXT })
  const lines: Line[] = badLines.map((html) => ({ html, kind: 'right' }))
  const gaps: number[] = []
  const fixes = hunks.map(({ oldStart, newStart, lines: changes }): Fix => {
    let [old, fresh] = [oldStart - 1, newStart - 1]
    return changes
      .filter((line) => !line.startsWith('\\'))
      .map((line, i, all) => {
        const mark = line[0] as ' ' | '-' | '+'
        const html = (mark === '+' ? goodLines[fresh] : badLines[old]) ?? ''
        if (mark === '-') lines[old] = { html, kind: 'wrong' }
        if (mark === '+' && isAlone(all, i)) gaps.push(old)
        if (mark !== '+') old += 1
        if (mark !== '-') fresh += 1
        return { mark, html }
      })
  })
  const missing: Line = { html: 'something is missing here', kind: 'missing' }
  for (const at of gaps.reverse()) lines.splice(at, 0, missing)
  return { name, lines, fixes }
}

/** Whether a line is the first of those to put in where none is to be taken out. */
function isAlone(changes: string[], i: number): boolean {
  const end = changes.findIndex((line, k) => k > i && !line.startsWith('+'))
  const [before, after] = [changes[i - 1] ?? ' ', changes[end] ?? ' ']
  return !/^[-+]/.test(before) && !after.startsWith('-')
}

/**
 * A program without comments of whole lines (those of the solution explain it; a mistake's header names
 * its bug) and without the part that runs it by hand.
 */
export function essence(source: string): string {
  return source
    .replace(/^if \(import\.meta\.main\) \{\n.*?^\}\n/ms, '')
    .replace(/^ *\/\*\*?\n? .*?\*\/\n/gms, '')
    .replace(/^ *\/\/.*\n/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .concat('\n')
}
