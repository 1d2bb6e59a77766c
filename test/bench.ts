/**
 * `npm run bench -- [N] [ID…]`: how long a student waits from saving a file to the printed verdict,
 * next to what the same exchanges cost without a grader. N runs of each (15), as a table and as JSON.
 * `npm run bench -- class [N]` measures the grading of a class instead (bench/class).
 * A missed aim is no failure, for the machine may be busy; a run that does not pass is one.
 */
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type ExerciseInfo, exercises } from '../grader/manifest.ts'
import { benchClass } from './bench/class/main.ts'
import { idleShare, MOST, type Row, rowOf, table } from './bench/report.ts'
import { Save } from './bench/save.ts'
import { coldWays, titlesOf } from './bench/ways.ts'

/** Between two runs, for what the last one left to end; nobody saves faster either. In milliseconds. */
const REST_MS = 200

if (process.argv[2] === 'class') process.exit(await benchClass(process.argv.slice(3)))

const bare = path.join(import.meta.dirname, 'bench/bare')
const known = fs.readdirSync(bare).map((name) => path.parse(name).name)
const { runs, ids } = readArguments(process.argv.slice(2))
const chosen = exercises.filter(({ id }) => ids.includes(id))
if (runs < 1 || ids.some((id) => !known.includes(id)) || chosen.length === 0) {
  console.error('usage: npm run bench -- [N] [ID…], for example: npm run bench -- 15 first-client')
  console.error('   or: npm run bench -- class [N]')
  console.error(`There is a bare program for: ${known.join(', ')}`)
  process.exit(2)
}

let isStopped = false
// Without this, Ctrl-C would leave folders behind. What runs in a process of its own ends by the signal itself.
process.on('SIGINT', () => {
  isStopped = true
})

const idleBefore = await idleShare()
const rows: Row[] = []
for (const exercise of chosen) {
  const row = await measure(exercise)
  rows.push(row)
  console.log(table(row))
}
const idle = { before: idleBefore, after: await idleShare() }
const isMet = rows.every((row) => row.isMet)
console.log(
  `${runs} runs of each. Idle processors: ${idle.before} % before, ${idle.after} % after.`,
)
console.log(isMet ? 'aims met' : 'aim missed')
console.log(JSON.stringify({ runs, node: process.version, most: MOST, isMet, idle, rows }))

/** Runs all ways, one after another, round by round. */
async function measure(exercise: ExerciseInfo): Promise<Row> {
  const save = new Save(exercise)
  try {
    // Not measured: it starts the runner, whose student has been at work for a while.
    await save.run()
    const titles = await titlesOf(exercise)
    if (titles.join('\n') !== save.titles.join('\n')) {
      throw new Error(`${path.join(bare, exercise.id)}.ts has other tests than ${exercise.hidden}`)
    }
    const ways = [save, ...coldWays(exercise, titles.length)]
    // Nor this one: it fills the system's caches, for all alike.
    for (const way of ways) await way.run()
    save.parts.length = 0
    const taken = new Map(ways.map(({ name }) => [name, [] as number[]]))
    for (let round = 0; round < runs; round++) {
      // Another one begins each round, so that none always follows the same.
      const from = round % ways.length
      for (const way of [...ways.slice(from), ...ways.slice(0, from)]) {
        if (isStopped) throw new Error('stopped')
        await delay(REST_MS)
        taken.get(way.name)?.push(await way.run())
      }
    }
    return rowOf(exercise.id, titles.length, taken, save)
  } finally {
    await save.close()
  }
}

/** N, if the first argument is a number, then exercises: all that there are when none is named. */
function readArguments(given: readonly string[]): { runs: number; ids: readonly string[] } {
  const hasRuns = /^\d+$/.test(given[0] ?? '')
  const ids = hasRuns ? given.slice(1) : given
  return { runs: hasRuns ? Number(given[0]) : 15, ids: ids.length > 0 ? ids : known }
}
