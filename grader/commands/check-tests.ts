import { BadCall } from '../exit.ts'
import type { ExerciseInfo } from '../manifest.ts'
import type { Runner } from '../verdict/run.ts'

/** An exercise, and the titles of the tests that are to be run of it; all when there is no list. */
export type Chosen = [ExerciseInfo, string[] | undefined]

/**
 * The exercises with the tests whose titles contain `text`, in whatever case; those without such a test
 * are left out. Throws a BadCall that lists the titles when there is none at all.
 */
export async function chosenTests(
  runner: Runner,
  exercises: readonly ExerciseInfo[],
  text: string | undefined,
): Promise<Chosen[]> {
  if (text === undefined) return exercises.map((exercise) => [exercise, undefined])
  const all: [ExerciseInfo, string[]][] = []
  for (const exercise of exercises) all.push([exercise, await runner.titles(exercise)])
  const isMeant = (title: string) => title.toLowerCase().includes(text.toLowerCase())
  const chosen = all
    .map(([exercise, titles]): Chosen => [exercise, titles.filter(isMeant)])
    .filter(([, titles]) => titles?.length !== 0)
  if (chosen.length > 0) return chosen
  const [only] = all
  if (!only || all.length > 1)
    throw new BadCall(`no exercise has a test whose title contains “${text}”`)
  const [{ id }, titles] = only
  const list = titles.map((title) => `\n  ${title}`).join('')
  throw new BadCall(`${id} has no test whose title contains “${text}”; its tests are:${list}`)
}
