import path from 'node:path'
import type { Report } from '../verdict/result.ts'
import { printable } from '../wire/bytes.ts'

/** A name from outside, on one line. */
export function printableName(name: string): string {
  return printable(name).replace(/\s+/g, ' ').trim() || '(no name)'
}

/**
 * A report as it is shown: all of its texts printable, names on one line, and files of a submission
 * named from its folder on, whose place on the grading machine is nobody's business.
 */
export function shownReport(report: Report): Report {
  const submissions = report.submissions.map((submission) => {
    const within = `${submission.path}${path.sep}`
    return revive(submission, (text) => text.replaceAll(within, ''))
  })
  return revive({ ...report, submissions }, (text) => printable(text.replaceAll('\r\n', '\n')))
}

function revive<T>(value: T, change: (text: string) => string): T {
  return JSON.parse(JSON.stringify(value), (key, part) => {
    if (typeof part !== 'string') return part
    return key === 'name' ? printableName(change(part)) : change(part)
  })
}
