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
