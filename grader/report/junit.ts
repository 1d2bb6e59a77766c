import XMLBuilder from 'fast-xml-builder'
import type { Exercise, Report, Submission, Test } from '../verdict/result.ts'
import { testText, unrunText } from './test-text.ts'

type Case = {
  '@_classname': string
  '@_name': string
  failure?: Problem
  error?: Problem
  skipped?: { '#text': string }
}
type Problem = { '@_message': string; '@_type': string; '#text'?: string }

const builder = new XMLBuilder({
  ignoreAttributes: false,
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
  format: true,
})

/**
 * JUnit XML as Jenkins' schemas have it: a suite for each exercise of each submission. What is missing or
 * skipped is `skipped`, the grader's own fault is an `error`, everything else that went wrong a `failure`.
 */
export function junit(report: Report): string {
  const suites = report.submissions.flatMap(suitesOf)
  return builder.build({
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    testsuites: { '@_name': report.course, testsuite: suites },
  })
}

function suitesOf({ name, status, message = '', exercises }: Submission) {
  if (status === 'unreadable') {
    const failure = problem(status, message)
    return [suite(name, 0, [{ '@_classname': name, '@_name': 'can be read', failure }])]
  }
  return exercises.map((exercise) => {
    const cases = casesOf(`${name}.${exercise.id}`, exercise)
    return suite(`${name}/${exercise.id}`, exercise.durationMs, cases)
  })
}

function suite(name: string, durationMs: number, cases: Case[]) {
  const count = (kind: 'failure' | 'error' | 'skipped') => cases.filter((one) => one[kind]).length
  return {
    '@_name': name,
    '@_tests': cases.length,
    '@_failures': count('failure'),
    '@_errors': count('error'),
    '@_skipped': count('skipped'),
    '@_time': (durationMs / 1000).toFixed(3),
    testcase: cases,
  }
}

function casesOf(classname: string, exercise: Exercise): Case[] {
  const unrun = unrunText(exercise)
  if (unrun) {
    const outcome =
      exercise.status === 'error'
        ? { error: problem('error', unrun) }
        : { skipped: { '#text': unrun } }
    return [{ '@_classname': classname, '@_name': 'is graded', ...outcome }]
  }
  return exercise.tests.map((test) => ({
    '@_classname': classname,
    '@_name': test.name,
    ...outcome(test),
  }))
}

function outcome(test: Test): Pick<Case, 'failure' | 'skipped'> {
  if (test.status === 'pass') return {}
  if (test.status === 'skip') return { skipped: { '#text': test.message ?? '' } }
  const [first = ''] = (test.mistake ?? test.message ?? '').split('\n')
  return { failure: { ...problem(test.status, first), '#text': `\n${testText(test)}\n` } }
}

function problem(type: string, message: string): Problem {
  return { '@_message': message.replace(/\s+/g, ' '), '@_type': type }
}
