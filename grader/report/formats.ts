import type { Report, Submission } from '../verdict/result.ts'
import { shownReport } from './printable.ts'

/** A file of reports: its path in their folder, with `/` between its parts, and its text. */
export type Piece = { file: string; text: string }

type Format = (report: Report) => Promise<Iterable<Piece>>

/** Every format of a report. What makes one is loaded only when it is asked for. */
const formats = {
  text: whole('report.txt', async () => (await import('./text.ts')).reportText),
  csv: whole('gradebook.csv', async () => (await import('./csv.ts')).gradebook),
  junit: whole('junit.xml', async () => (await import('./junit.ts')).junit),
  html: whole('class.html', async () => (await import('./class-page.ts')).classPage),
  feedback: each(async () => {
    const { studentFeedback } = await import('./student.ts')
    return (submission, name) => [piece(`feedback/${name}.md`, studentFeedback(submission))]
  }),
  gradescope: each(async () => {
    const { gradescope } = await import('./gradescope.ts')
    return (submission, name) => [{ file: `gradescope/${name}.json`, text: gradescope(submission) }]
  }),
  exercism: each(async () => {
    const { exercism } = await import('./exercism.ts')
    return (submission, name) =>
      exercism(submission).map(({ id, text }) => piece(`exercism/${name}/${id}.json`, text))
  }),
} satisfies Record<string, Format>

export type FormatName = keyof typeof formats | 'json'
export const formatNames = ['json', ...Object.keys(formats)] as FormatName[]

/** How many files a report on so many submissions and exercises is in one format. */
export function fileCount(format: FormatName, submissions: number, exercises: number): number {
  if (format === 'exercism') return submissions * exercises
  return format === 'feedback' || format === 'gradescope' ? submissions : 1
}

/** The files that a report is in one format; only the JSON has its texts as they came. */
export async function piecesOf(format: FormatName, report: Report): Promise<Iterable<Piece>> {
  if (format === 'json') return [piece('report.json', JSON.stringify(report))]
  return formats[format](shownReport(report))
}

function piece(file: string, text: string): Piece {
  return { file, text: text.endsWith('\n') ? text : `${text}\n` }
}

/** A format that puts the whole report in one file. */
function whole(file: string, load: () => Promise<(report: Report) => string>): Format {
  return async (report) => {
    const make = await load()
    return [piece(file, make(report))]
  }
}

/** A format that has files for each submission. */
function each(load: () => Promise<(submission: Submission, name: string) => Piece[]>): Format {
  return async ({ submissions }) => {
    const make = await load()
    const { fileNames } = await import('./file-names.ts')
    const names = fileNames(submissions.map(({ name }) => name))
    return submissions.values().flatMap((submission, i) => make(submission, names[i] ?? ''))
  }
}
