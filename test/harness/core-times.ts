import { coreTimes } from '../../grader/student/quiet.ts'

/** How threads shared the cores over some time, in milliseconds. */
export type Share = {
  /** the computing of that thread which computed least among the busiest */
  computed: number
  /** for how long all other threads together could have run, but had no core */
  waited: number
}

/**
 * Begins to watch how the threads of these processes share the cores. The function returned tells, of the
 * `busy` threads that computed most and of the others; undefined where the kernel does not tell (proc(5)'s
 * schedstat). What takes effect too late while `waited` is small beside `computed` was not late for want of a core.
 */
export function watchCores(pids: number[]): (busy: number) => Share | undefined {
  const look = () => new Map(pids.flatMap((pid) => [...coreTimes(pid)]))
  const before = look()
  return (busy) => {
    const spent = [...look()].map(([thread, now]) => {
      const then = before.get(thread)
      return { ran: now.ran - (then?.ran ?? 0), waited: now.waited - (then?.waited ?? 0) }
    })
    if (spent.length === 0) return undefined
    spent.sort((a, b) => b.ran - a.ran)
    const others = spent.slice(busy)
    return {
      computed: spent[busy - 1]?.ran ?? 0,
      waited: others.reduce((sum, { waited }) => sum + waited, 0),
    }
  }
}
