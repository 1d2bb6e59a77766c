import fs from 'node:fs'
import colors from 'yoctocolors'
import type { ExerciseInfo } from './manifest.ts'

/** The text below one `## Heading` of an exercise's README, without the heading. */
export function section(exercise: ExerciseInfo, heading: string): string {
  const parts = fs.readFileSync(exercise.readme, 'utf8').replaceAll('\r\n', '\n').split(/^## /m)
  const part = parts.find((text) => text.startsWith(`${heading}\n`))
  if (part === undefined) throw new Error(`${exercise.readme} has no section "## ${heading}"`)
  return part.slice(heading.length + 1).trim()
}

/** The hints of an exercise, from a nudge to nearly there. */
export function hints(exercise: ExerciseInfo): string[] {
  return section(exercise, 'Hints')
    .split(/^\d+\. +/m)
    .map((hint) => hint.replace(/^ {3}/gm, '').trim())
    .filter(Boolean)
}

/** The numbers of an exercise's stages (`### 1. name`), by their names. */
export function stageNumbers(exercise: ExerciseInfo): Map<string, number> {
  const headings = section(exercise, 'Task').matchAll(/^### (\d+)\. (.+)$/gm)
  return new Map([...headings].map(([, number, name = '']) => [name, Number(number)]))
}

/**
 * The task for the terminal. Where it has stages (`### 1. name`), only what comes before them and the
 * one called `stage`, the first when none is named.
 */
export function taskText(exercise: ExerciseInfo, stage?: string): string {
  const [intro = '', ...stages] = section(exercise, 'Task').split(/^### /m)
  const isCurrent = (text: string) => /^\d+\. (.+)$/m.exec(text)?.[1] === stage
  const current = stages.find(isCurrent) ?? stages[0]
  if (current === undefined) return plain(intro)
  const part = plain(`Stage ${current}`)
  return stage === undefined ? `${plain(intro)}\n\n${part}` : part
}

/**
 * Markdown for the terminal: each paragraph and each item of a list is one line, for the window to
 * break; code is set apart by its indent; a table, which a narrow window tears apart, becomes a list.
 */
export function plain(markdown: string): string {
  const lines = markdown.trim().split('\n')
  const shown: string[] = []
  let isCode = false
  let isOpen = false
  for (const [i, line] of lines.entries()) {
    if (/^ *```/.test(line)) {
      isCode = !isCode
      isOpen = false
    } else if (isCode) shown.push(line && `    ${line}`)
    else if (isRule(line) || (isRow(line) && isRule(lines[i + 1] ?? ''))) isOpen = false
    else if (isRow(line)) shown.push(item(line))
    else if (isOpen && line && !/^ *(?:- |\d+\. )/.test(line))
      shown.push(`${shown.pop()} ${line.trim()}`)
    else {
      shown.push(line)
      isOpen = line !== ''
    }
  }
  return shown.join('\n').replace(/\*\*(\S.*?)\*\*(?!\/)/g, (_, text) => colors.bold(text))
}

const isRow = (line: string) => line.startsWith('|')
const isRule = (line: string) => /^\|[-:| ]+\|$/.test(line)

/** A row of a table as an item of a list. */
function item(row: string): string {
  const cells = row
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
  const [first = '', ...rest] = cells.map((cell) => cell.trim().replaceAll('\\|', '|'))
  return `- ${first}: ${rest.join('; ')}`
}
