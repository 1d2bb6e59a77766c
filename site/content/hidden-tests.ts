import fs from 'node:fs'
import path from 'node:path'
import { type ExerciseInfo, root } from '../../grader/manifest.ts'

export type Stage = { name?: string | undefined; titles: string[] }

/**
 * The titles of an exercise's hidden tests, in the order in which they run; by stage where it has
 * stages. They are read from the suites' text: what a test does is none of the site's business, and
 * running one takes a program. A title that the text does not hold, because a loop makes it, is taken from
 * the record of the mistakes (causes.json), each of whose signs carries the title of a test.
 */
export function hiddenTests(exercise: ExerciseInfo): Stage[] {
  const stages = stagesOf(exercise)
  const known = new Set(
    stages.flatMap(({ name, titles }) => titles.map((title) => full(name, title))),
  )
  for (const title of recorded(exercise)) {
    if (known.has(title)) continue
    const stage = stages.find(({ name }) => name && title.startsWith(`${name}: `)) ?? stages[0]
    stage?.titles.push(stage.name ? title.slice(stage.name.length + 2) : title)
  }
  return stages
}

const full = (stage: string | undefined, title: string) => (stage ? `${stage}: ${title}` : title)

function stagesOf({ id, hidden }: ExerciseInfo): Stage[] {
  if (!fs.existsSync(hidden)) return handedOut()[id] ?? []
  const folder = path.join(path.dirname(hidden), 'stages')
  const text = fs.readFileSync(hidden, 'utf8')
  const order = [...text.matchAll(/^import .* from '\.\/stages\/([\w-]+)\.ts'$/gm)].map(
    ([, id]) => id,
  )
  if (order.length === 0) return [{ name: undefined, titles: titlesIn(text) }]
  const called = /for \(const stage of \[(.*?)\]/s.exec(text)?.[1]?.split(',') ?? []
  const rank = (id = '') =>
    called.findIndex(
      (name) => name.trim() === id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase()),
    )
  return order
    .sort((a, b) => rank(a) - rank(b))
    .map((id) => {
      const stage = fs.readFileSync(path.join(folder, `${id}.ts`), 'utf8')
      return { name: /describe\('([^']+)'/.exec(stage)?.[1], titles: titlesIn(stage) }
    })
}

/** The first argument of every `test(…)` that is a plain string. */
function titlesIn(text: string): string[] {
  const found = text.matchAll(/^ *test(?:\.\w+\([^)]*\))?\(\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)")/gm)
  return [...found].map(([, single, double]) => (single ?? double ?? '').replace(/\\(.)/g, '$1'))
}

/** In a handout, where the suites are sealed, their titles lie beside them. */
function handedOut(): Record<string, Stage[]> {
  const file = path.join(root, 'test/hidden/titles.json')
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {}
}

function recorded({ mistakes }: ExerciseInfo): Set<string> {
  const file = path.join(mistakes, 'causes.json')
  if (!fs.existsSync(file)) return new Set()
  const causes: Record<string, { signs: Record<string, string> }> = JSON.parse(
    fs.readFileSync(file, 'utf8'),
  )
  return new Set(Object.values(causes).flatMap(({ signs }) => Object.keys(signs)))
}
