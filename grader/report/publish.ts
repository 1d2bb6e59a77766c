import { BadCall } from '../exit.ts'
import type { Report } from '../verdict/result.ts'
import { checkFolder, writeReports } from './folder.ts'
import { type FormatName, piecesOf } from './formats.ts'

/** Where a report goes: one format to stdout, and every format into a folder where one is named. */
export type Publishing = { format: FormatName; reports?: string }

/** Throws a BadCall for what cannot be published, before anything is graded. */
export function preparePublishing({ reports }: Publishing): void {
  if (reports !== undefined) checkFolder(reports)
}

/** Writes the folder first: what may still be refused is printing several files where one has a place. */
export async function publish(report: Report, { format, reports }: Publishing): Promise<void> {
  if (reports !== undefined) {
    const files = await writeReports(reports, report)
    console.error(`reports   ${files} files in ${reports}`)
  }
  const [piece, ...more] = await piecesOf(format, report)
  if (piece && more.length === 0) process.stdout.write(piece.text)
  else throw new BadCall(severalFiles(format, reports))
}

function severalFiles(format: FormatName, reports: string | undefined): string {
  const many = format === 'exercism' ? 'each exercise of each submission' : 'each submission'
  const place = reports ? `they are in ${reports}` : 'name a folder for them with --reports DIR'
  return `--format ${format} is a file for ${many}, and stdout has a place for one: ${place}`
}
