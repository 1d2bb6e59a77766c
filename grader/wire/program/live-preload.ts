/*
 * A preload: `COURSE_LIVE=3 node --import …/live-preload.ts program.ts` runs a program as ever and tells
 * on descriptor 3, a socket, what its sockets do, in each of its threads. The program waits until it has
 * been told, so that what it prints stands before or after that as it happened.
 */
import fs from 'node:fs'
import { getEnvironmentData, isMainThread, setEnvironmentData, threadId } from 'node:worker_threads'
import { encode } from '../../student/channel.ts'
import type { End, Seen } from './log.ts'
import { watchProgram } from './watch.ts'

/** One thing seen; `id` tells ends apart, and `at` is in milliseconds since 1970. */
export type LiveNews = { id: string; seen: Seen }

const LIVE = 'course-live'
if (isMainThread && process.env.COURSE_LIVE) setEnvironmentData(LIVE, process.env.COURSE_LIVE)
// A child of the program's has another descriptor 3.
delete process.env.COURSE_LIVE
const descriptor = Number(getEnvironmentData(LIVE))
if (descriptor) watchProgram(tell)

const ids = new WeakMap<End, string>()
let last = 0

function tell(seen: Seen): void {
  const id = ids.get(seen.end) ?? `${threadId}.${++last}`
  ids.set(seen.end, id)
  const news: LiveNews = { id, seen: { ...seen, at: performance.timeOrigin + seen.at } }
  try {
    // One write of a few KiB goes whole, whatever other threads write.
    fs.writeSync(descriptor, encode(news))
    fs.readSync(descriptor, Buffer.alloc(1))
  } catch {
    // Nobody looks on any more; the program goes on.
  }
}
