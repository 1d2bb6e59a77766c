/** The feedback of one student, as Markdown readers show it. */
import markdownIt from 'markdown-it'
import { expect, test } from 'vitest'
import { piecesOf } from '../../../grader/report/formats.ts'
import type { Report, Submission } from '../../../grader/verdict/result.ts'
import { alone, broken, hostile, hostileNames, real, unreadable } from './hostile.ts'

const markdown = markdownIt({ html: true })

async function feedback(submission: Submission): Promise<string> {
  const [piece] = await piecesOf('feedback', alone(submission))
  return piece?.text ?? ''
}

const one = (report: Report, name: string) =>
  report.submissions.find((submission) => submission.name === name) ?? unreadable

test('tells what passed, what failed and why, and what to do next', async () => {
  const text = await feedback(one(real, 'bob'))
  expect(text).toMatch(
    /^# Feedback for bob\n\n\*\*22 of 128 points\*\*; 0 of 3 exercises are passed\.\n/,
  )
  expect(text).toContain('## endpoints: ')
  expect(text).toMatch(
    /### ✗ names both ends of an ipv6 connection \(0\/1, fail\)\n\n```text\nfound /,
  )
  expect(text).toMatch(/\nexpected .*\ngot .*\nwire .* → /)
  expect(text).toContain('Likely cause: the family was written as \\`IPv4\\` whatever')
  expect(text).toContain('Read lessons/01-sockets: IPv4 and IPv6.')
  expect(text).toMatch(/^- ✓ /m)
  expect(text).toContain('`npm run hint -- endpoints`')
  expect(text).toContain('There is no file exercises/08-file-server/file-server/main.ts')
  expect(text, 'the seed is the instructor’s').not.toContain(real.seed)
})

test('a grader’s failure is no grade, and an unreadable submission says why', async () => {
  expect(await feedback(broken)).toContain('The grader failed on this exercise.')
  expect(await feedback(unreadable)).toContain('was not graded: it is no folder \\</td\\>.')
})

test('a file of the submission is named from its folder on, not by its place on the grading machine', async () => {
  const [exercise] = broken.exercises
  if (!exercise) throw new Error('it has no exercise')
  const tests = exercise.tests.map((one) => ({
    ...one,
    message: 'no /class/broken/exercises/x.ts',
  }))
  const text = await feedback({ ...broken, exercises: [{ ...exercise, tests }] })
  expect(text).toContain('found     no exercises/x.ts')
  expect(text).not.toContain('/class/')
})

test('no name and no message becomes markup, or ends its block', async () => {
  for (const submission of hostile.submissions.slice(0, hostileNames.length)) {
    const tokens = markdown.parse(await feedback(submission), {})
    const flat = tokens.flatMap((token) => [token, ...(token.children ?? [])])
    const types = new Set(flat.map(({ type }) => type))
    expect([...types].filter((type) => /html|link|image|^em_|table/.test(type))).toEqual([])
    // The title, two exercises, one failed test: no heading but ours, one block with all that was said.
    const headings = flat.filter(({ type }) => type === 'heading_open').map(({ tag }) => tag)
    expect(headings).toEqual(['h1', 'h2', 'h3', 'h2'])
    const fences = flat.filter(({ type }) => type === 'fence')
    expect(fences).toHaveLength(1)
    expect(fences[0]?.content).toContain('# not a heading')
    expect(fences[0]?.content).toContain('\\x1b]0;title\\x07 \\udfff \\uffff')
  }
})
