/** The thread in which `npm start` serves the site; grader/commands/start-site.ts is its other end. */
import { parentPort, workerData } from 'node:worker_threads'
import type { SessionMessage, SiteAnswer, SiteStart } from '../../grader/session.ts'
import { serve } from './serve.ts'
import { Session } from './session.ts'

const { current, port } = workerData as SiteStart
const session = new Session(current)
const serving = serve(session, port)
const answer = (answer: SiteAnswer) => parentPort?.postMessage(answer)
serving.then(
  ({ url }) => answer({ url }),
  ({ code, message }: NodeJS.ErrnoException) => answer({ code, message }),
)

parentPort?.on('message', async (message: SessionMessage | 'close') => {
  if (message !== 'close') return session.take(message)
  await serving.then((site) => site.close()).catch(() => {})
  // In a thread this ends the thread, and what libraries left open in it.
  process.exit()
})
