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
