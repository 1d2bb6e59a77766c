import fs from 'node:fs'
import type { Report, Submission, Test } from '../../../grader/verdict/result.ts'

/** A report that `grade --format json` printed: a right submission, a wrong one, an empty one, one that hangs. */
export const real: Report = JSON.parse(
  fs.readFileSync(new URL('real-report.json', import.meta.url), 'utf8'),
)

/** Names of folders that some system, parser, terminal or program for tables would stumble over. */
export const hostileNames = [
  '../../etc/passwd',
  'con',
  'CON',
  '.hidden',
  '',
  '=HYPERLINK("http://example.com")',
  '@sum',
  '<script>document.title = "hacked"</script>',
  '"><img src=x onerror=alert(1)>',
  '[link](javascript:alert(1)) `code` **bold** | cell',
  'a\u001b[31mred\u0000\ud800end',
  'right\u202eleft',
  'line\nbreak',
  ']]>',
  '👩‍💻',
  '张伟',
  'a,"b";c',
  'long '.repeat(80),
]

/** What a program may say: an end for every kind of block, and bytes that no format takes. */
export const hostileMessage = [
  'it said ```',
  '````\n# not a heading\n~~~\n<script>document.title = "hacked"</script>',
  ']]> &amp; <!-- --> </failure> \u0000\u0007\u001b]0;title\u0007 \udfff \uffff \r\n end',
].join('\n')

const tests: Test[] = [
  { name: 'greets', status: 'pass', points: 2, max: 2 },
  { name: 'needs Linux', status: 'skip', points: 1, max: 1, message: 'only on Linux <b>' },
  {
    name: 'answers <b>`twice`</b>',
    status: 'timeout',
    points: 0,
    max: 3,
    message: hostileMessage,
    mistake: 'it </pre> never `answers`',
    lesson: 'lessons/01-sockets: Two ends',
    wire: hostileMessage,
  },
]
const exercise = { id: 'endpoints', chapter: '01-sockets', durationMs: 1234, max: 6 } as const

const graded = (name: string): Submission => ({
  name,
  path: `/class/${name}`,
  status: 'graded',
  score: 3,
  max: 12,
  exercises: [
    { ...exercise, status: 'fail', score: 3, tests },
    { ...exercise, id: 'bind-address', status: 'missing', score: 0, tests: [] },
  ],
})

/** A submission on one of whose exercises the grader failed. */
export const broken: Submission = {
  ...graded('broken'),
  exercises: [
    { ...exercise, status: 'fail', score: 3, tests },
    { ...exercise, id: 'bind-address', status: 'error', score: 0, tests: [] },
  ],
}

export const unreadable: Submission = {
  name: 'nobody',
  path: '/class/nobody',
  status: 'unreadable',
  message: 'it is no folder </td>',
  score: 0,
  max: 0,
  exercises: [],
}

/** A class that nobody would like to have. */
export const hostile: Report = {
  version: 1,
  course: 'sockets',
  seed: 'abc',
  isolation: 'node',
  submissions: [...hostileNames.map(graded), broken, unreadable],
}

export const alone = (submission: Submission): Report => ({ ...hostile, submissions: [submission] })
