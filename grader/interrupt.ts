/**
 * Runs `work`; an interrupt (Ctrl-C, SIGTERM, a closed terminal) meanwhile runs `cleanUp` and ends the
 * process with status 130, so that nothing that was started is left behind.
 */
export async function interruptible<T>(
  work: () => Promise<T>,
  cleanUp: () => Promise<void>,
): Promise<T> {
  const interrupted = () => void cleanUp().finally(() => process.exit(130))
  process.once('SIGINT', interrupted)
  process.once('SIGTERM', interrupted)
  process.once('SIGHUP', interrupted)
  try {
    return await work()
  } finally {
    process.off('SIGINT', interrupted)
    process.off('SIGTERM', interrupted)
    process.off('SIGHUP', interrupted)
    await cleanUp()
  }
}
