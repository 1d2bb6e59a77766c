import fs from 'node:fs'
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

/** Markdown for the terminal: tables, which a narrow window tears apart, become lines. */
function plain(text: string): string {
  const lines = text.trim().split('\n')
  return lines
    .filter((line, i) => !isRule(line) && !(isRow(line) && isRule(lines[i + 1] ?? '')))
    .map((line) => {
      if (!isRow(line)) return line
      const [first = '', ...rest] = cells(line)
      return `- ${first}: ${rest.join('; ')}`
    })
    .join('\n')
}

const isRow = (line: string) => line.startsWith('|')
const isRule = (line: string) => /^\|[-:| ]+\|$/.test(line)

function cells(row: string): string[] {
  const inner = row.trim().replace(/^\||\|$/g, '')
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))
}
