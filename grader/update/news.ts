import fs from 'node:fs'
import path from 'node:path'

/** What the changelog in `fresh` notes and the one in `own` does not: each entry on a line. */
export function news(own: string, fresh: string): string[] {
  const known = new Set(entries(own))
  return entries(fresh).filter((entry) => !known.has(entry))
}

function entries(folder: string): string[] {
  const file = path.join(folder, 'CHANGELOG.md')
  if (!fs.existsSync(file)) return []
  return fs
    .readFileSync(file, 'utf8')
    .split(/^(?=- |#)/m)
    .filter((part) => part.startsWith('- '))
    .map((part) => part.slice(2).replace(/\s+/g, ' ').trim())
}

/** Whether the packages of `fresh` are others than those of `own`: a new version of the course alone is no reason to install. */
export function arePackagesNew(own: string, fresh: string): boolean {
  return packages(own) !== packages(fresh)
}

function packages(folder: string): string | undefined {
  try {
    const lock = JSON.parse(fs.readFileSync(path.join(folder, 'package-lock.json'), 'utf8'))
    return JSON.stringify({ ...lock.packages, '': undefined })
  } catch {
    // A lock that is gone or torn says nothing of what is installed.
    return undefined
  }
}
