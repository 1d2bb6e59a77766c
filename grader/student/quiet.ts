import fs from 'node:fs'

/*
 * "Nothing more will come" is a claim that a verdict rests on, so it is read off the kernel rather
 * than off a clock. /proc/PID/task/TID/syscall (proc_pid_syscall(5)) names the system call a thread
 * is blocked in and its arguments. A program whose event loops all wait in epoll without a time-out
 * (no timer is armed, not even an unref'd one) and whose other threads all wait for a futex can only
 * be woken from outside. Linux only; elsewhere nothing is ever proven and a wait runs to its limit.
 */
const SYSCALLS: Partial<Record<string, { epoll: number[]; futex: number; openat: number }>> = {
  x64: { epoll: [232, 281], futex: 202, openat: 257 },
  arm64: { epoll: [22], futex: 98, openat: 56 },
}
const names = process.platform === 'linux' ? SYSCALLS[process.arch] : undefined

/** Whether anything can be told of a program here. */
export const canTell = names !== undefined

/**
 * A fingerprint of a process that waits for an outside event and for nothing else, or undefined when
 * it runs, has a timer, or cannot be read. Timers longer than `farMs` milliseconds do not count: V8
 * arms some of its own, and what a test waits for is due long before. Two equal fingerprints some time apart
 * say that no thread ran in between: they hold each thread's count of context switches.
 */
export function asleep(pid: number, farMs: number): string | undefined {
  if (!names) return undefined
  try {
    const seen: string[] = []
    for (const thread of fs.readdirSync(`/proc/${pid}/task`)) {
      const task = `/proc/${pid}/task/${thread}`
      const [call, first, second, third, fourth] = fs
        .readFileSync(`${task}/syscall`, 'latin1')
        .split(' ')
      const number = Number(call)
      // epoll_wait(epfd, events, maxevents, timeout); futex(uaddr, op, val, timeout)
      const [isEpoll, isFutex] = [names.epoll.includes(number), number === names.futex]
      const inEpoll = isEpoll && timeoutOf(fourth) > farMs
      const inFutex = isFutex && fourth === '0x0'
      // Whatever its time-out; but when it runs, a program that is ending may be waiting for it.
      const inTimer = (isEpoll || isFutex) && isPlatformTimer(task)
      const status = fs.readFileSync(`${task}/status`, 'latin1')
      // Opening a FIFO sleeps until somebody opens its other end; waiting for a disk is no such sleep.
      const inOpen = number === names.openat && status.includes('\nState:\tS')
      if (!inEpoll && !inFutex && !inOpen && !inTimer) return undefined
      const switches = /^voluntary_ctxt_switches:\t(\d+)/m.exec(status)
      seen.push([thread, call, first, second, third, switches?.[1]].join(' '))
    }
    return seen.length > 0 ? seen.join('\n') : undefined
  } catch {
    return undefined
  }
}

/** The milliseconds of an epoll_wait(2) as the kernel prints them; -1 is for ever. */
function timeoutOf(argument = '0x0'): number {
  const timeout = Number(BigInt.asIntN(32, BigInt(argument)))
  return timeout < 0 ? Number.POSITIVE_INFINITY : timeout
}

/** Whether a process has started others that still live: they may do what it waits for. */
export function hasChildren(pid: number): boolean {
  const [, above, own] = statOf(pid) ?? []
  // In a sandbox, the group also has the process that made it, its leader, and the program's parent.
  const others = processIds().filter((id) => ![pid, Number(above), Number(own)].includes(id))
  return others.some((id) => {
    const [, parent, group] = statOf(id) ?? []
    return Number(parent) === pid || (group !== undefined && group === own)
  })
}

/** The children that a process's threads started and that live, eldest first (proc_pid_task(5)). */
export function childrenOf(pid: number): number[] {
  try {
    return fs.readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
      const list = fs.readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1')
      return list.split(' ').filter(Boolean).map(Number)
    })
  } catch {
    return []
  }
}

/** Every process that there is now; Linux only. */
export function processIds(): number[] {
  return fs.readdirSync('/proc').map(Number).filter(Number.isInteger)
}

/** V8's own scheduler of delayed tasks (garbage collection) has timers that no program sees. */
function isPlatformTimer(task: string): boolean {
  return fs.readFileSync(`${task}/comm`, 'latin1').startsWith('DelayedTaskSche')
}

/** Whether a signal has stopped the process. */
export function isStopped(pid: number): boolean {
  return statOf(pid)?.[0] === 'T'
}

/** Processor time that the process's main thread has used, in milliseconds, or undefined. */
export function cpuMs(pid: number): number | undefined {
  // utime and stime, proc_pid_stat(5), in clock ticks of 10 ms
  const stat = statOf(`${pid}/task/${pid}`)
  return stat && (Number(stat[11]) + Number(stat[12])) * 10
}

/**
 * For each thread of a process, for how long it ran and for how long it waited for a core, in milliseconds
 * (/proc/PID/task/TID/schedstat, in the kernel's Documentation/scheduler/sched-stats.rst); none where that is not told.
 */
export function coreTimes(pid: number): Map<string, { ran: number; waited: number }> {
  const times = new Map<string, { ran: number; waited: number }>()
  try {
    for (const thread of fs.readdirSync(`/proc/${pid}/task`)) {
      const [ran, waited] = fs
        .readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1')
        .split(' ')
        .map((ns) => Number(ns) / 1e6)
      if (ran !== undefined && waited !== undefined) times.set(thread, { ran, waited })
    }
  } catch {
    // the kernel keeps no such numbers, or a thread ended meanwhile: what is known so far
  }
  return times
}

/** The fields of proc_pid_stat(5) from the third, the state, on; undefined when there is no such process. */
function statOf(process: number | string): string[] | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${process}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}
