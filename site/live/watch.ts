import fs from 'node:fs'
import { findExercise } from '../../grader/manifest.ts'
import { type Progress, readProgress, workFolder } from '../../grader/progress.ts'
import type { SessionMessage } from '../../grader/session.ts'
import { scoreOf } from '../../grader/verdict/result.ts'
import type { Events } from './events.ts'
import type { Session } from './session.ts'

/** Tells the pages what happens in the session, and what another command does to the progress. */
export function watch(session: Session, events: Events, state: () => unknown): () => void {
  let told = JSON.stringify(state())
  const progressed = () => {
    const now = state()
    if (JSON.stringify(now) === told) return
    told = JSON.stringify(now)
    events.send('progress', now)
  }
  session.on('message', (message) => {
    events.send(message.event, inShort(message))
    progressed()
  })
  const watcher = watchFolder(workFolder, progressed)
  return () => {
    watcher?.close()
    session.removeAllListeners()
  }
}

/** A verdict is long: a page that shows it fetches it. */
function inShort(message: SessionMessage): object {
  if (message.event !== 'verdict') return message
  const { id, verdict } = message
  return { id, title: findExercise(id)?.title, status: verdict.status, ...scoreOf(verdict) }
}

/** A system that watches no more folders leaves the pages with what the session itself tells. */
function watchFolder(folder: string, onChange: () => void): fs.FSWatcher | undefined {
  try {
    fs.mkdirSync(folder, { recursive: true })
    return fs.watch(folder, onChange).on('error', () => {})
  } catch {
    return undefined
  }
}

/** The progress; one that cannot be read is the command's to complain of. */
export function progress(): Pick<Progress, 'passed' | 'hints'> {
  try {
    const { passed, hints } = readProgress()
    return { passed, hints }
  } catch {
    return { passed: {}, hints: {} }
  }
}
