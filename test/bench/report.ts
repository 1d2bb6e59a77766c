/** What the bench found, in numbers and as a table. */
import os from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { Save } from './save.ts'

/** The most that a verdict may take, as a multiple of the bare program's time. */
export const MOST = 2

/** Of all runs of one way, in milliseconds. The least one is what a quiet machine would show. */
export type Times = { median: number; p90: number; least: number }
export type Row = {
  id: string
  tests: number
  times: Record<string, Times>
  /** the median of `save to verdict` divided by that of each other way */
  ratios: Record<string, number>
  /** of `save to verdict`: until the watcher had settled, and from there to the verdict */
  settled: Times
  graded: Times
  isMet: boolean
}

/** `taken` holds the milliseconds of each run, by way; the first way is the one that is judged. */
export function rowOf(id: string, tests: number, taken: Map<string, number[]>, save: Save): Row {
  const times = Object.fromEntries([...taken].map(([name, ms]) => [name, timesOf(ms)]))
  const ours = times[save.name]?.median ?? Number.NaN
  const others = Object.entries(times).filter(([name]) => name !== save.name)
  const ratios = Object.fromEntries(
    others.map(([name, { median }]) => [name, rounded(ours / median, 2)]),
  )
  const { bare, 'node --test': nodeTest } = times
  return {
    id,
    tests,
    times,
    ratios,
    settled: timesOf(save.parts.map(({ settled }) => settled)),
    graded: timesOf(save.parts.map(({ graded }) => graded)),
    isMet: ours <= MOST * (bare?.median ?? 0) && ours < (nodeTest?.median ?? 0),
  }
}

export function table({ id, tests, times, ratios, isMet }: Row): string {
  const head = line(`${id}, ${tests} tests`, 'median ms', 'p90 ms', 'least ms', 'save ÷ this')
  const lines = Object.entries(times).map(([name, { median, p90, least }]) =>
    line(name, ...[median, p90, least].map((ms) => ms.toFixed(1)), ratios[name]?.toFixed(2) ?? ''),
  )
  const aim = `at most ${MOST.toFixed(1)} times bare, and less than node --test`
  return [head, ...lines, isMet ? 'aim met' : `aim missed: ${aim}`, ''].join('\n')
}

function line(name: string, ...cells: string[]): string {
  return name.padEnd(28) + cells.map((cell) => cell.padStart(12)).join('')
}

function timesOf(taken: readonly number[]): Times {
  const sorted = taken.toSorted((a, b) => a - b)
  const at = (share: number) =>
    rounded(sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN, 1)
  return { median: at(0.5), p90: at(0.9), least: rounded(sorted[0] ?? Number.NaN, 1) }
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

/** How quiet the machine is: the share of its processors' time that nobody uses, in percent. */
export async function idleShare(): Promise<number> {
  const all = () =>
    os
      .cpus()
      .flatMap(({ times }) => Object.values(times))
      .reduce((a, b) => a + b)
  const idle = () => os.cpus().reduce((sum, { times }) => sum + times.idle, 0)
  const [allBefore, idleBefore] = [all(), idle()]
  await delay(1000)
  return Math.round((100 * (idle() - idleBefore)) / (all() - allBefore))
}
