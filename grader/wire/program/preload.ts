/*
 * A preload: `COURSE_WIRE=FILE node --import …/program/preload.ts program.ts` runs a program as ever and
 * writes the transcript of what its sockets did to FILE when it exits.
 */
import fs from 'node:fs'
import { isMainThread } from 'node:worker_threads'
import { transcript } from '../transcript.ts'
import type { Seen } from './log.ts'
import { recordingOf } from './recording.ts'
import { watchProgram } from './watch.ts'

const file = process.env.COURSE_WIRE
// A worker runs the preload too, and its exit is not the program's.
if (file && isMainThread) {
  // Nor is a child's, which a program may start with its own options.
  delete process.env.COURSE_WIRE
  const log: Seen[] = []
  watchProgram((seen) => log.push(seen))
  process.on('exit', () => {
    fs.writeFileSync(file, `${transcript(recordingOf(log)).join('\n')}\n`)
  })
}
