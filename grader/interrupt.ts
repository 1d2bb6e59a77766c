/**
 * Runs `work`, then `cleanUp`. An interrupt (Ctrl-C, SIGTERM, a closed terminal) meanwhile aborts the signal
 * that `work` was given, cleans up without waiting for it, and ends the process with status 130, so that
 * nothing that was started is left behind. A second interrupt ends it at once.
 */
export async function interruptible<T>(
  work: (stopped: AbortSignal) => Promise<T>,
  cleanUp: () => Promise<void>,
): Promise<T> {
  const stopping = new AbortController()
  const stopped = Promise.withResolvers<never>()
  const interrupt = () => {
    stopping.abort()
    stopped.reject(new Error('interrupted'))
  }
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  process.once('SIGHUP', interrupt)
  try {
    return await Promise.race([work(stopping.signal), stopped.promise])
  } finally {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
    process.off('SIGHUP', interrupt)
    await cleanUp()
    if (stopping.signal.aborted) process.exit(130)
  }
}
