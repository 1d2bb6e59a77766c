/**
 * `npm run bench -- [N] [ID…]`: how long a student waits from saving a file to the printed verdict, next
 * to what the same exchanges cost without a grader. Medians of N runs (15), as a table and as JSON.
 * A missed aim is printed and no failure, for the machine may be busy; a run that does not pass is one.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type ExerciseInfo, exercises } from '../grader/manifest.ts'
import { Save } from './bench/save.ts'
import { coldWays, titlesOf } from './bench/ways.ts'

/** The most that a verdict may take, as a multiple of the bare program; and it is to be faster than node --test. */
const MOST = 2
/** Between two runs, for what the last one left to end: a student does not save that fast either. In milliseconds. */
const REST_MS = 150

type Times = { median: number; p90: number }
type Row = {
  id: string
  tests: number
  settled: number
  graded: number
  times: Record<string, Times>
  isMet: boolean
}

const written = fs
  .readdirSync(path.join(import.meta.dirname, 'bench/bare'))
  .map((name) => path.parse(name).name)
const [count, ids] = readArguments(process.argv.slice(2))
const chosen = exercises.filter(({ id }) => ids.includes(id))
if (!Number.isInteger(count) || count < 1 || chosen.length !== ids.length) {
  console.error(
    `usage: npm run bench -- [N] [ID…], for example: npm run bench -- 15 first-client\nIDs: ${written.join(', ')}`,
  )
  process.exit(2)
}

const idleBefore = await idleShare()
const rows: Row[] = []
for (const exercise of chosen) rows.push(await measure(exercise))
const isMet = rows.every((row) => row.isMet)
const idle = { before: idleBefore, after: await idleShare() }
console.log(
  `\n${count} runs each; of the processors ${idle.before} % were idle before, ${idle.after} % after`,
)
console.log(isMet ? 'aims met' : 'aim missed')
console.log(JSON.stringify({ runs: count, node: process.version, idle, isMet, most: MOST, rows }))

/** The numbers of one exercise, printed as they come. */
async function measure(exercise: ExerciseInfo): Promise<Row> {
  const save = new Save(exercise)
  try {
    // Not measured: it starts the runner, and fills the system's caches for all.
    await save.run()
    const titles = await titlesOf(exercise)
    if (save.titles.join('\n') !== titles.join('\n')) {
      throw new Error(`test/bench/bare/${exercise.id}.ts has other tests than ${exercise.hidden}`)
    }
    const ways = [save, ...coldWays(exercise, titles.length)]
    for (const way of ways) await way.run()
    save.parts.length = 0
    const taken = ways.map(() => [] as number[])
    for (let round = 0; round < count; round++) {
      for (let i = 0; i < ways.length; i++) {
        // Another one first each round, so that none always follows the same.
        const turn = (round + i) % ways.length
        await delay(REST_MS)
        taken[turn]?.push((await ways[turn]?.run()) ?? Number.NaN)
      }
    }
    const times = Object.fromEntries(ways.map(({ name }, i) => [name, timesOf(taken[i] ?? [])]))
    return report(exercise.id, titles.length, times, save.parts)
  } finally {
    await save.close()
  }
}

function report(
  id: string,
  tests: number,
  times: Record<string, Times>,
  parts: Save['parts'],
): Row {
  const [[, saved], ...others] = Object.entries(times) as [[string, Times], ...[string, Times][]]
  const [settled, graded] = [parts.map(({ settled }) => settled), parts.map(({ graded }) => graded)]
  const line = (...cells: string[]) =>
    console.log(cells.map((cell, i) => (i ? cell.padStart(12) : cell.padEnd(18))).join(''))
  console.log(`\n${id}, ${tests} tests`)
  line('', 'median ms', 'p90 ms', 'save ÷ this')
  for (const [name, { median, p90 }] of Object.entries(times)) {
    line(
      name,
      `${median}`,
      `${p90}`,
      name === 'save to verdict' ? '' : (saved.median / median).toFixed(2),
    )
  }
  const [bare, nodeTest] = others.map(([, { median }]) => median)
  const isMet = saved.median <= MOST * (bare ?? 0) && saved.median < (nodeTest ?? 0)
  console.log(
    isMet
      ? 'aim met'
      : `aim missed: at most ${MOST.toFixed(1)} times bare, and less than node --test`,
  )
  return {
    id,
    tests,
    settled: timesOf(settled).median,
    graded: timesOf(graded).median,
    times,
    isMet,
  }
}

function timesOf(taken: readonly number[]): Times {
  const sorted = taken.toSorted((a, b) => a - b)
  const at = (share: number) =>
    Number((sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN).toFixed(1))
  return { median: at(0.5), p90: at(0.9) }
}

/** N, if the first argument is a number, and the exercises: all that have a bare program when none is named. */
function readArguments(given: readonly string[]): [number, string[]] {
  const [first = ''] = given
  const isCount = /^\d+$/.test(first)
  const ids = given.slice(isCount ? 1 : 0)
  return [isCount ? Number(first) : 15, ids.length > 0 ? ids : written]
}

/** The share of all processors' time that nobody uses, in percent over half a second: how quiet the machine is. */
async function idleShare(): Promise<number> {
  const read = () =>
    os
      .cpus()
      .map(({ times }) => [times.idle, Object.values(times).reduce((a, b) => a + b)] as const)
  const before = read()
  await delay(500)
  const spent = read().map(
    ([idle, all], i) => [idle - (before[i]?.[0] ?? 0), all - (before[i]?.[1] ?? 0)] as const,
  )
  const sum = (which: 0 | 1) => spent.reduce((total, one) => total + one[which], 0)
  return Math.round((100 * sum(0)) / sum(1))
}
