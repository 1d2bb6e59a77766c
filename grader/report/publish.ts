import { BadCall } from '../exit.ts'
import type { Report } from '../verdict/result.ts'
import { checkFolder, writeReports } from './folder.ts'
import { type FormatName, fileCount, piecesOf } from './formats.ts'

/** Where a report goes: one format to stdout, and every format into a folder where one is named. */
export type Publishing = { format: FormatName; reports?: string }

/** Throws a BadCall for what cannot be published, before so much is graded. */
export function checkPublishing(
  { format, reports }: Publishing,
  submissions: number,
  exercises: number,
): void {
  if (reports !== undefined) checkFolder(reports)
  const count = fileCount(format, submissions, exercises)
  if (count > 1)
    throw new BadCall(
      `--format ${format} would be ${count} files, one for ${format === 'exercism' ? 'each exercise of each submission' : 'each submission'}; name a folder for them with --reports`,
    )
}

/** Prints first: what happens to a disk meanwhile costs nobody the result. */
export async function publish(report: Report, { format, reports }: Publishing): Promise<void> {
  for (const { text } of await piecesOf(format, report)) process.stdout.write(text)
  if (reports === undefined) return
  const count = await writeReports(reports, report)
  console.error(`reports   ${count} files in ${reports}`)
}
