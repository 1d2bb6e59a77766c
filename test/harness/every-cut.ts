import fc from 'fast-check'
import { ProgramDied } from '../../grader/student/death.ts'
import { type Cuts, everyByte, everyTwoWaySplit } from '../../grader/wire/cuts.ts'
import { Finding } from '../../grader/wire/finding.ts'
import type { Random } from '../../grader/wire/random.ts'
import type { Recorder } from '../../grader/wire/recording.ts'

/** How many random ways to cut are tried after the systematic ones. */
const RANDOM_CUTS = 20
/** After so many failures the smallest failing cut found until then is told. Each costs a fifth of a second. */
const MOST_FAILURES = 10

/**
 * Runs `attempt` with one way of cutting `length` bytes after another: all in one write, every cut in
 * two, each byte alone, seeded random ones. Of those that fail the smallest is looked for
 * (fast-check's shrinking); its failure is thrown and its cuts are named. Only that attempt stays in the recording.
 */
export async function everyCut(
  length: number,
  attempt: (cuts: Cuts) => Promise<void>,
  { recorder, random }: { recorder: Recorder; random: Random },
): Promise<void> {
  const everything = [...everyByte(length)]
  const before = recorder.events.length
  const failures = new Map<string, { error: unknown; events: Recorder['events'] }>()
  let isOver = false
  const property = fc.asyncProperty(fc.subarray(everything), async (cuts) => {
    // Once the program is gone nothing more can be learnt: the cuts that ended it are the answer.
    if (isOver) return
    recorder.events.length = before
    recorder.add({ kind: 'note', way: 'in', conn: '', text: describeCuts(cuts, length) })
    try {
      await attempt(cuts)
    } catch (error) {
      failures.set(String(cuts), { error, events: recorder.events.slice(before) })
      isOver = error instanceof ProgramDied || failures.size >= MOST_FAILURES
      throw error
    }
  })
  const ways: Cuts[] = [[], ...everyTwoWaySplit(length), everything]
  const examples = ways.map((cuts): [number[]] => [[...cuts]])
  const { counterexample } = await fc.check(property, {
    seed: random.int(0, 2 ** 31 - 1),
    numRuns: examples.length + RANDOM_CUTS,
    examples,
  })
  if (!counterexample) return
  const { error, events } = failures.get(String(counterexample[0])) ?? {}
  recorder.events.splice(before, recorder.events.length, ...(events ?? []))
  if (error instanceof Finding) {
    error.finding.message += ` (${describeCuts(counterexample[0], length)})`
    error.message = error.finding.message
  }
  throw error
}

function describeCuts(cuts: Cuts, length: number): string {
  if (cuts.length === 0) return `${length} bytes in one write`
  if (cuts.length === length - 1) return `${length} bytes, each in a write of its own`
  return `${length} bytes in ${cuts.length + 1} writes, cut after byte ${cuts.join(', ')}`
}
