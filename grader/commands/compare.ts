import fs from 'node:fs'
import path from 'node:path'
import { structuredPatch } from 'diff'
import colors from 'yoctocolors'
import { BadCall } from '../exit.ts'
import { type ExerciseInfo, exercises } from '../manifest.ts'
import { readProgress } from '../progress.ts'
import { type Mistake, mistakesOf } from '../verdict/mistakes.ts'
import { maySeeSolution } from './earned.ts'

/** Shows our solution beside the student's as a diff, the mistakes there are, and what is next. */
export async function compare(exercise: ExerciseInfo): Promise<number> {
  if (!fs.existsSync(exercise.main))
    throw new BadCall(`there is no file ${exercise.main} to compare with the solution`)
  if (!(await maySeeSolution(exercise))) return 1
  console.log(colors.bold(exercise.title))
  console.log(`${colors.red('- yours')}   ${near(exercise.folder)}`)
  console.log(`${colors.green('+ ours')}    ${near(path.dirname(exercise.solution))}\n`)
  for (const name of sourcesOf(exercise)) console.log(`${difference(exercise, name)}\n`)
  for (const line of mistakesText(exercise)) console.log(line)
  console.log(`read      ${near(exercise.lesson)}`)
  const next = nextAfter(exercise)
  console.log(
    `next      ${next ? `${next.id}: ${next.title}` : 'nothing: you have passed them all'}`,
  )
  return 0
}

/** The next exercise in the course's order that is not passed, going round. */
function nextAfter(exercise: ExerciseInfo): ExerciseInfo | undefined {
  const { passed } = readProgress()
  const at = exercises.indexOf(exercise) + 1
  return [...exercises.slice(at), ...exercises.slice(0, at)].find(({ id }) => !passed[id])
}

/** The .ts files of either program, main.ts first. */
function sourcesOf({ folder, solution }: ExerciseInfo): string[] {
  const both = [folder, path.dirname(solution)].flatMap((place) => fs.readdirSync(place))
  const names = [...new Set(both)].filter((name) => name.endsWith('.ts')).sort()
  return ['main.ts', ...names.filter((name) => name !== 'main.ts')]
}

function difference(exercise: ExerciseInfo, name: string): string {
  const [yours, ours] = [exercise.folder, path.dirname(exercise.solution)].map((place) =>
    textOf(path.join(place, name)),
  )
  const heading = colors.bold(name)
  if (yours === undefined) return `${heading}  only ours: it is a part of another way to do it`
  if (ours === undefined) return `${heading}  only yours`
  const { hunks } = structuredPatch(name, name, yours, ours, '', '', { context: 3 })
  if (hunks.length === 0) return `${heading}  the same, line for line`
  const lines = hunks.flatMap(({ oldStart, lines }) => [
    colors.dim(`  line ${oldStart}`),
    ...lines.filter((line) => !line.startsWith('\\')).map(coloured),
  ])
  return [heading, ...lines].join('\n')
}

function coloured(line: string): string {
  if (line.startsWith('-')) return colors.red(line)
  return line.startsWith('+') ? colors.green(line) : line
}

function mistakesText(exercise: ExerciseInfo): string[] {
  const mistakes = mistakesOf(exercise)
  if (mistakes.length === 0) return []
  const line = ({ name, bug }: Mistake) => `  ${colors.yellow(spoken(name))}\n      ${bug}`
  return [
    colors.bold(`What goes wrong here: ${mistakes.length} programs that the tests catch`),
    ...mistakes.map(line),
    '',
    `look      gallery/${exercise.id}/ on the lesson site: each with its transcript and fix`,
  ]
}

/** The name of a mistake's file as words. */
function spoken(name: string): string {
  return name.replaceAll('-', ' ')
}

function textOf(file: string): string | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : undefined
}

function near(file: string): string {
  return path.relative(process.cwd(), file)
}
