import type { Report, Submission } from '../verdict/result.ts'

/** The exercises that a report is about, in its order. */
export function exercisesOf({ submissions }: Report): { id: string; chapter: string }[] {
  const all = submissions.flatMap(({ exercises }) => exercises)
  return [...new Map(all.map(({ id, chapter }) => [id, { id, chapter }])).values()]
}

/** A known mistake, and the submissions in which it was made. */
export type Mistake = { exercise: string; text: string; lesson?: string; by: Submission[] }

/** The known mistakes that were made, those first that most submissions made. */
export function commonMistakes({ submissions }: Report): Mistake[] {
  const found = new Map<string, Mistake>()
  for (const submission of submissions) {
    for (const { id, tests } of submission.exercises) {
      for (const { mistake: text, lesson } of tests) {
        if (text === undefined) continue
        const key = `${id}\n${text}`
        const mistake = found.get(key) ?? { exercise: id, text, ...(lesson && { lesson }), by: [] }
        if (mistake.by.at(-1) !== submission) mistake.by.push(submission)
        found.set(key, mistake)
      }
    }
  }
  return [...found.values()].sort((a, b) => b.by.length - a.by.length)
}

/** The exercises of a submission on which the grader failed: what it is worth is not known. */
export function ungraded({ exercises }: Submission): string[] {
  return exercises.filter(({ status }) => status === 'error').map(({ id }) => id)
}
