import fs from 'node:fs'
import type { Submission } from '../verdict/result.ts'

/** How a submission stood at the end of a run: what each exercise came to, as it is told to people. */
export type Standing = { name: string; path: string; results: Record<string, string> }

/** What is different about a submission. */
export type Change = {
  name: string
  path: string
  kind: 'new' | 'changed' | 'gone'
  /** the exercises that differ; `before` is left out where there was nothing */
  results: { id: string; before?: string; now: string }[]
}

/** How a graded submission stands. `ids` are the exercises that were asked for. */
export function standingOf({ name, path, status, exercises }: Submission, ids: string[]): Standing {
  const results =
    status === 'unreadable'
      ? ids.map((id) => [id, 'unreadable'])
      : exercises.map(({ id, status, score, max }) => [
          id,
          status === 'pass' || status === 'fail' ? `${score}/${max}` : status,
        ])
  return { name, path, results: Object.fromEntries(results) }
}

/**
 * What differs, submission by submission. One that was not asked for this time is gone only when it lies
 * no more where it was; and an exercise that was not asked for has not changed.
 */
export function compare(before: ReadonlyMap<string, Standing>, now: readonly Standing[]): Change[] {
  const names = new Set(now.map(({ name }) => name))
  const gone = [...before.values()].filter(({ name, path }) => {
    return !names.has(name) && !fs.existsSync(path)
  })
  return [
    ...now.flatMap(({ name, path, results }): Change[] => {
      const earlier = before.get(name)?.results
      const different = Object.entries(results).flatMap(([id, now]) => {
        const before = earlier?.[id]
        return before === now ? [] : { id, now, ...(before && { before }) }
      })
      if (earlier && different.length === 0) return []
      return [{ name, path, kind: earlier ? 'changed' : 'new', results: different }]
    }),
    ...gone.map(({ name, path }): Change => ({ name, path, kind: 'gone', results: [] })),
  ]
}
