import { Finding } from '../../grader/wire/finding.ts'
import type { Student } from './student.ts'
import type { Watch } from './watch.ts'

/** How long something may still come right after the program has settled, in milliseconds, and in how many looks. */
const PATIENCE_MS = 1_000
const LOOKS = 10

/** What every process has that prints. */
const STANDARD_STREAMS = new Set(['PipeWrap', 'TTYWrap', 'SimpleWriteWrap'])

/** Waits until exactly `count` worker threads live. `when` begins the sentence that is said otherwise. */
export async function expectThreads(
  student: Student,
  watch: Watch,
  count: number,
  when: string,
): Promise<void> {
  let threads = 0
  const came = await eventually(watch, async () => {
    threads = (await student.view()).threads
    return threads === count
  })
  if (came) return
  throw new Finding({
    kind: threads > count ? 'still there' : 'wrong value',
    message: `${when} ${count} worker threads were due, and the program has ${threads}`,
    expected: String(count),
    got: String(threads),
  })
}

/**
 * Waits until nothing keeps the process alive any more: no socket, timer, thread or watcher; or, where `kind`
 * is given, nothing of this kind.
 */
export async function expectNothingLeft(
  student: Student,
  watch: Watch,
  message: string,
  kind = /(?:)/,
): Promise<void> {
  let left: string[] = []
  const came = await eventually(watch, async () => {
    const { resources } = await student.view()
    left = resources.filter((name) => kind.test(name) && !STANDARD_STREAMS.has(name))
    return left.length === 0
  })
  if (came) return
  throw new Finding({ kind: 'still there', message, got: [...new Set(left)].join(', ') })
}

/** Looks until `isDone`, each time when the program has done all it can; false when it never was. */
export async function eventually(
  watch: Watch,
  isDone: () => Promise<boolean>,
  patienceMs = PATIENCE_MS,
): Promise<boolean> {
  const until = performance.now() + patienceMs
  for (let look = 0; look < LOOKS || performance.now() < until; look++) {
    await watch.settled()
    if (await isDone()) return true
  }
  return false
}
