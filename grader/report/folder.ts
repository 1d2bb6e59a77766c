import fs from 'node:fs'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { BadCall } from '../exit.ts'
import type { Report } from '../verdict/result.ts'
import { formatNames, piecesOf } from './formats.ts'

/** Lies in each folder of reports and lists its files: only these may be replaced. */
const LIST = '.course-reports'

/** Makes the folder; throws a BadCall when it cannot be written or holds anything but earlier reports. */
export function checkFolder(folder: string): void {
  const foreign = withFolder(folder, () => foreignIn(folder))
  if (foreign.length === 0) return
  const some = foreign.slice(0, 3).join(', ')
  throw new BadCall(
    `${folder} holds other things than reports (${some}${foreign.length > 3 ? ', …' : ''}); name a new folder`,
  )
}

/**
 * Writes every format, and removes what earlier reports left; resolves to the number of files. Throws
 * a BadCall when the disk does not let it.
 */
export async function writeReports(folder: string, report: Report): Promise<number> {
  const earlier = listed(folder)
  const written = new Set<string>()
  for (const format of formatNames) {
    for (const { file, text } of await piecesOf(format, report)) {
      withFolder(folder, () => {
        // Listed before it is there: whatever ends this, the next run knows all files for reports.
        fs.appendFileSync(path.join(folder, LIST), `${file}\n`)
        fs.mkdirSync(path.join(folder, path.dirname(file)), { recursive: true })
        fs.writeFileSync(path.join(folder, file), stripVTControlCharacters(text))
      })
      written.add(file)
    }
  }
  withFolder(folder, () => {
    for (const file of filesIn(folder))
      if (earlier.has(file) && !written.has(file)) fs.rmSync(path.join(folder, file))
    fs.writeFileSync(path.join(folder, LIST), [...written, ''].join('\n'))
  })
  return written.size
}

/** What is in the folder but no report; makes the folder where there is none. */
function foreignIn(folder: string): string[] {
  fs.mkdirSync(folder, { recursive: true })
  fs.accessSync(folder, fs.constants.W_OK)
  const top = fs.readdirSync(folder)
  // Without a list nothing in it is a report, and it may be large.
  if (!top.includes(LIST)) return top
  const reports = listed(folder)
  return filesIn(folder).filter((file) => !reports.has(file))
}

/** Does something with the folder, and tells in a sentence why that does not work. */
function withFolder<T>(folder: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new BadCall(`reports cannot be written to ${folder}: ${code}; mend that or name another`)
  }
}

function listed(folder: string): Set<string> {
  const list = path.join(folder, LIST)
  return new Set(fs.existsSync(list) ? fs.readFileSync(list, 'utf8').split('\n') : [])
}

/** The files below a folder but the list, as they are written there: with `/` on every system. */
function filesIn(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => file !== LIST)
}
