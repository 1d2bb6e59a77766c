/**
 * Run by Node (`--import`) at the start of each thread of a student's process. In the worker threads
 * that the program starts it does what host.ts does in the first: module hooks and mended functions
 * belong to a thread.
 */
import { getEnvironmentData, isMainThread } from 'node:worker_threads'
import { mendPermitted } from './permitted.ts'
import { type Modules, resolveForSubmission, SHARED } from './resolve.ts'

if (!isMainThread) {
  resolveForSubmission(getEnvironmentData(SHARED) as unknown as Modules)
  await mendPermitted()
}
