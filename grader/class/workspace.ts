import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/**
 * A folder for what a run unpacks. One that a killed run on the same class has left goes; the caller has
 * the journal's lock, so that none of them is in use.
 */
export function makeWorkspace(journal: string): string {
  const prefix = `course-${path.basename(journal, '.jsonl')}-`
  for (const name of fs.readdirSync(os.tmpdir())) {
    if (!name.startsWith(prefix)) continue
    try {
      fs.rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true })
    } catch {
      // another user's, who has chosen the same name
    }
  }
  return fs.mkdtempSync(path.join(os.tmpdir(), prefix))
}
