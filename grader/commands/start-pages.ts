import colors from 'yoctocolors'
import { course } from '../../course.ts'
import { type ExerciseInfo, exercises, root } from '../manifest.ts'
import type { Progress } from '../progress.ts'
import { mapLine } from '../report/map.ts'
import { near } from '../report/near.ts'
import { textWidth } from '../report/wrap.ts'
import { taskText } from '../task.ts'
import { mistakesOf } from '../verdict/mistakes.ts'
import { scoreOf, type Verdict } from '../verdict/result.ts'

/** Where the session stands: what its pages are made from. */
export type Place = {
  exercise: ExerciseInfo
  /** in an exercise with stages, the one that is worked on */
  stage: string | undefined
  passed: Progress['passed']
  /** the lesson site's address, once it is there */
  site: string | undefined
}

/** What stands above every page of the screen. */
export function headText(place: Place): string {
  return `${titleText(place)}\n${mapLine(place.passed, place.exercise.id)}`
}

function titleText({ exercise, passed }: Place): string {
  return `${colors.bold(exercise.title)}  ${colors.dim(`${exercise.id}, ${countOf(passed)} of ${exercises.length} passed`)}`
}

/** The task, the file to write in, and where to read. Lines, which have no head, begin with the title. */
export function taskPage(place: Place, isScreen: boolean): string {
  const { exercise, stage, site } = place
  return [
    ...(isScreen ? [] : [colors.dim('─'.repeat(Math.min(80, textWidth()))), titleText(place), '']),
    taskText(exercise, stage),
    '',
    `write     ${near(exercise.main)}`,
    `read      ${near(exercise.readme)}`,
    ...(site ? [`lesson    ${site}lessons/${exercise.chapter.id}/`] : []),
    '',
    beginning(exercise),
  ].join('\n')
}

/** What to do with a file that is as it was at the beginning. */
export function beginning({ main }: ExerciseInfo): string {
  return `next      edit ${near(main)} and save it; each save is graded at once`
}

/** From nothing to the first green, for somebody who has never done this. */
export function firstSteps(place: Place, isScreen: boolean): string {
  const { exercise, site } = place
  const lesson = site
    ? `The lesson is at ${site}lessons/${exercise.chapter.id}/`
    : `The lesson is ${near(exercise.lesson)}`
  return [
    colors.bold('Welcome. Five steps to the first exercise passed'),
    '',
    `1. Leave this window open and open the folder in your editor: ${root}`,
    `2. Read the task below. ${lesson}`,
    `3. Open ${near(exercise.main)}. In place of the line that throws “Not written yet” write your program.`,
    '4. Save the file. That is all: it is graded at once, and the verdict stands here.',
    '5. ✗ is a test that failed: below it is what came over the wire, and the likely cause. Mend and save until every line has ✓. Then n goes on to the next exercise.',
    '',
    ...(isScreen ? [colors.bold('The task'), ''] : []),
    taskPage(place, isScreen),
  ].join('\n')
}

/** What the signs in a failure mean, for whoever has not passed anything yet. */
export const LEGEND = [
  '✗ failed, ✓ passed. In a failure, found tells what happened, expected and got what was due and what came.',
  'wire is all that went over the socket: → towards your program, ← away from it, bytes in hex and as text;',
  'SYN asks for a connection, FIN says “that was all”, RST breaks off.',
].join(' ')

/** An exercise passed: in one line, what it was about, and what is next. */
export function passedText(
  { exercise, passed }: Place,
  verdict: Verdict,
  next: ExerciseInfo,
): string {
  const { max } = scoreOf(verdict)
  const learnt = new Set(verdict.outcomes.flatMap(({ lesson }) => lesson ?? []))
  const { chapter } = exercise
  const isChapter = chapter.exercises.every(({ id }) => passed[id])
  const count = `${countOf(passed)} of ${exercises.length} exercises`
  const lines = [
    colors.green(`✓ ${exercise.id} is passed with all its ${max} points: ${count}.`),
    ...(learnt.size > 0 ? [`learnt    ${[...learnt].join(' · ')}`] : []),
    ...(isChapter ? [`chapter   ${chapter.id} is complete: ${chapter.title}`] : []),
  ]
  if (isAllPassed(passed)) return [...lines, '', end()].join('\n')
  return [...lines, `next      ${process.stdin.isTTY ? `press n: ${next.title}` : next.id}`].join(
    '\n',
  )
}

/** A stage is passed, and the next one begins. */
export function stageNote({ exercise, stage = '' }: Place, isScreen: boolean): string {
  if (!isScreen) return taskText(exercise, stage)
  return colors.bold(`You are at stage “${stage}”: t shows its task.`)
}

/** What is left on the terminal when the screen is gone. */
export function farewell({ passed }: Place): string {
  return `${countOf(passed)} of ${exercises.length} exercises passed. npm start goes on from here.`
}

function end(): string {
  return [
    colors.green(`All ${exercises.length} exercises are passed. That is the end of the course.`),
    `You have written ${course.chapters.length} chapters of programs that hold on the wire: ${course.chapters.map(({ title }) => title).join('; ')}.`,
    'Your programs are in exercises/.',
    // Whoever was handed the course has no gallery: it shows solutions.
    exercises.some((exercise) => mistakesOf(exercise).length > 0)
      ? 'On the site, the gallery shows for each exercise the wrong programs that its tests know, and what gave each of them away.'
      : '',
  ]
    .filter(Boolean)
    .join('\n')
}

/** All keys, and what else there is to know. */
export function helpPage({ site }: Place, keys: readonly (readonly [string, string])[]): string {
  return [
    colors.bold('Keys'),
    '',
    ...keys.map(([key, what]) => `  ${key.padEnd(16)}${what}`),
    '',
    colors.bold('Good to know'),
    '',
    '- Each save of a file in exercises/ is graded; a save in another exercise turns to that one.',
    '- A key is taken while a program is graded, too. Letters typed by a Chinese input method do not arrive before they are chosen: switch it to English.',
    '- What you have passed is kept in .course/progress.json, and a file that you reset in .course/backups.',
    ...(site ? [`- The lesson site: ${site}`] : []),
    '- With `npm start -- --plain` all this comes as plain lines, for a screen reader or to scroll back.',
  ].join('\n')
}

/** Where a session begins when there is nothing left to pass. */
export function lastPage(place: Place, isScreen: boolean): string {
  return `${end()}\n\n${taskPage(place, isScreen)}`
}

export function isAllPassed(passed: Progress['passed']): boolean {
  return countOf(passed) === exercises.length
}

const countOf = (passed: Progress['passed']) => exercises.filter(({ id }) => passed[id]).length
