/** The HTML of a verdict: the facts that the terminal shows, and nothing of a student's that acts. */
import { expect, test } from 'vitest'
import { findExercise } from '../../grader/manifest.ts'
import { readCauses } from '../../grader/verdict/causes.ts'
import { feedbackOn, feedbackText } from '../../grader/verdict/feedback.ts'
import type { Outcome, Verdict } from '../../grader/verdict/result.ts'
import { Finding } from '../../grader/wire/finding.ts'
import { verdictHtml } from '../../site/live/verdict.ts'

const exercise = findExercise('first-client')
if (!exercise) throw new Error('there is no exercise first-client')
const bytes = (text: string) => new TextEncoder().encode(text)
const passed: Outcome = {
  title: 'answers',
  stage: undefined,
  status: 'pass',
  max: 2,
  lesson: undefined,
  finding: undefined,
  wire: [],
}
const failed: Outcome = {
  ...passed,
  title: 'keeps a character whole whose bytes come in two chunks',
  status: 'fail',
  lesson: 'Reading to the end',
  finding: new Finding({
    kind: 'wrong value',
    message: 'the resolved text is not the one that was due',
    expected: bytes('ab你'),
    got: bytes('ab\ufffd\ufffd<b>'),
  }).finding,
  wire: [
    { kind: 'SYN', way: 'out', conn: 'A', at: 1 },
    { kind: 'data', way: 'out', conn: 'A', at: 2, bytes: bytes('<img src=x>'), length: 11 },
  ],
}
const verdict = (status: Verdict['status'], outcomes: Outcome[], message?: string): Verdict => ({
  exercise: exercise.id,
  status,
  durationMs: 12,
  seed: 'cafe',
  outcomes,
  ...(message && { message }),
})
const shown = async (given: Verdict | undefined) => String(await verdictHtml(exercise, given))
/** What a reader sees of it. */
const text = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')

test('a failure tells all that the terminal tells, in the same words', async () => {
  const given = verdict('fail', [passed, failed])
  const html = await shown(given)
  const seen = text(html)
  expect(seen).toContain('2/4 points')
  expect(seen).toContain('COURSE_SEED=cafe npm run check -- first-client')
  const terminal = feedbackOn(exercise, given).map(feedbackText).join('\n')
  const facts = terminal.matchAll(/^ {2}(?:found|cause) +(.+)$/gm)
  const told = [...facts].map(([, fact = '']) => fact.replaceAll('`', ''))
  expect(told).toHaveLength(2)
  for (const fact of told) expect(seen).toContain(fact)
  expect(readCauses(exercise)['decodes-each-chunk']?.bug).toBe(told[1])
  expect(seen).toContain('^ byte 2: expected e4 "\\xe4", got ef "\\xef"')
  expect(html).toContain('ab<mark>\\xef</mark>')
  expect(html).toContain('<a href="../../lessons/02-tcp-clients/#reading-to-the-end">')
  expect(html).toContain('<svg class="seq"')
  expect(seen).toContain('0.002 ← 11 B 3c 69 6d 67 20 73 72 63 …')
})

test('what a program sent or said is shown and does nothing', async () => {
  const evil = '<script>alert(1)</script>'
  const outcome = { ...failed, finding: { kind: 'threw' as const, message: evil } }
  for (const given of [
    verdict('fail', [outcome]),
    verdict('error', [], evil),
    verdict('missing', [], evil),
  ]) {
    const html = await shown(given)
    expect(html).not.toContain('<script')
    expect(html).toContain('&lt;script&gt;')
  }
  expect(await shown(verdict('fail', [failed]))).not.toContain('<img')
})

test('the first failure is open, the others are closed', async () => {
  const html = await shown(verdict('fail', [passed, failed, { ...failed, title: 'another' }]))
  const outcomes = html.match(/<li class="outcome">\s*<details ?(open)?/g) ?? []
  expect(outcomes.map((start) => start.includes('open'))).toEqual([true, false])
})

test('a skipped test has its points and says why', async () => {
  const skipped: Outcome = { ...passed, status: 'skip', skipped: 'there is no IPv6 here' }
  const seen = text(await shown(verdict('pass', [passed, skipped])))
  expect(seen).toContain('4/4 points')
  expect(seen).toContain('there is no IPv6 here')
})

test('after the first stage that fails, no test is told of', async () => {
  const stage = (name: string, outcome: Outcome): Outcome => ({
    ...outcome,
    stage: name,
    title: `${name}: ${outcome.title}`,
  })
  const html = await shown(
    verdict('fail', [stage('login', passed), stage('home', failed), stage('quota', failed)]),
  )
  const seen = text(html)
  expect(seen).toMatch(/Stage 1: login 2\/2 .*Stage 2: home 0\/2 .*Stage 3: quota 0\/2/)
  expect(html.match(/<dt>found/g)).toHaveLength(1)
  expect(seen).not.toContain('login: answers')
})

test('an untouched stub, a broken grader and no verdict at all each say so', async () => {
  const stub = text(await shown(verdict('missing', [failed], 'it is the untouched stub')))
  expect(stub).toContain('It is the untouched stub.')
  expect(stub).toContain(failed.title)
  expect(stub).not.toContain('found')
  expect(text(await shown(verdict('error', [], 'no test ran')))).toContain('no test ran')
  const none = text(await shown(undefined))
  expect(none).toContain('not graded in this session')
  expect(none).toContain('exercises/02-tcp-clients/first-client/main.ts')
})
