/** Each format is read by its published schema, or by a schema made from the text of its specification. */
import fs from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { type FormatName, piecesOf } from '../../../grader/report/formats.ts'
import type { Report } from '../../../grader/verdict/result.ts'
import { alone, broken, hostile, hostileNames, real, unreadable } from './hostile.ts'

const schemaText = (name: string) =>
  fs.readFileSync(new URL(`schemas/${name}`, import.meta.url), 'utf8')
const compile = (name: string) => new Ajv({ allErrors: true }).compile(JSON.parse(schemaText(name)))

async function textsOf(format: FormatName, report: Report): Promise<string[]> {
  return [...(await piecesOf(format, report))].map(({ text }) => text)
}

async function parsed<T>(format: FormatName, report: Report): Promise<T[]> {
  return (await textsOf(format, report)).map((text) => JSON.parse(text))
}

function expectValid(validate: ValidateFunction, values: unknown[]) {
  expect(values.length).toBeGreaterThan(0)
  for (const value of values) {
    validate(value)
    expect(validate.errors ?? []).toEqual([])
  }
}

test('JSON is the report as it is', async () => {
  for (const report of [real, hostile]) expect(await parsed('json', report)).toEqual([report])
})

test('JUnit XML is valid by Jenkins’ schema, whatever the texts are', async () => {
  for (const report of [real, hostile]) {
    const [contents = ''] = await textsOf('junit', report)
    const { errors } = await validateXML({
      xml: [{ fileName: 'junit.xml', contents }],
      schema: [schemaText('junit.xsd')],
    })
    expect(errors).toEqual([])
  }
})

test('JUnit XML tells failures, the grader’s errors and what was not run apart', async () => {
  const [broke = ''] = await textsOf('junit', alone(broken))
  expect(broke).toMatch(/name="broken\/endpoints" tests="3" failures="1" errors="0" skipped="1"/)
  expect(broke).toMatch(/name="broken\/bind-address" tests="1" failures="0" errors="1" skipped="0"/)
  expect(broke).toContain(
    ']]&gt; &amp;amp; &lt;!-- --&gt; &lt;/failure&gt; \\x00\\x07\\x1b]0;title',
  )
  const [none = ''] = await textsOf('junit', alone(unreadable))
  expect(none).toMatch(/<failure message="it is no folder &lt;\/td&gt;" type="unreadable"\/>/)
})

test('the gradebook is a table in which no name is a formula and nothing open is a zero', async () => {
  const [csv = ''] = await textsOf('csv', hostile)
  expect(csv.startsWith('\ufeffname,endpoints,bind-address,total,max,status\r\n')).toBe(true)
  const rows = csv.trimEnd().split('\r\n')
  expect(rows).toHaveLength(1 + hostileNames.length + 2)
  expect(rows).toContain('"\'=HYPERLINK(""http://example.com"")",3,0,3,12,graded')
  expect(rows).toContain("'@sum,3,0,3,12,graded")
  expect(rows).toContain('"a,""b"";c",3,0,3,12,graded')
  expect(rows).toContain('line break,3,0,3,12,graded')
  expect(rows).toContain('broken,3,,,12,grader failed: bind-address')
  expect(rows).toContain('nobody,,,,,unreadable: it is no folder </td>')
})

describe('Gradescope’s results.json', () => {
  const validate = compile('gradescope.json')
  type Results = { score?: number; output: string; tests: Record<string, unknown>[] }

  test('is valid by its specification', async () => {
    for (const report of [real, hostile]) expectValid(validate, await parsed('gradescope', report))
  })

  test('has the points of each test, and all of what failed', async () => {
    const [ada, bob] = await parsed<Results>('gradescope', real)
    expect(ada).toMatchObject({
      score: 128,
      output: '128 of 128 points; 3 of 3 exercises are passed.',
    })
    const sum = bob?.tests.reduce((total, one) => total + Number(one.score), 0)
    expect(bob?.score).toBe(22)
    expect(sum).toBe(22)
    const failed = bob?.tests.find(({ status }) => status === 'failed')
    expect(failed).toMatchObject({ score: 0, max_score: 1, output_format: 'text' })
    expect(failed?.output).toMatch(
      /^found .*\nexpected .*\ngot .*\nwire .*\n( .*\n)+cause .*\nread .*$/,
    )
  })

  test('has no score where the grader failed: nothing in it can be taken for a grade', async () => {
    const [results] = await parsed<Results>('gradescope', alone(broken))
    expect(results).not.toHaveProperty('score')
    expect(results?.output).toMatch(/^This is no grade\. The grader failed on bind-address/)
    for (const one of results?.tests ?? []) {
      expect(one).not.toHaveProperty('score')
      expect(one).not.toHaveProperty('max_score')
    }
  })
})

describe('Exercism’s results.json', () => {
  const validate = compile('exercism.json')
  type Results = { status: string; message: string | null; tests: Record<string, unknown>[] }

  test('is valid by its specification', async () => {
    for (const report of [real, hostile]) expectValid(validate, await parsed('exercism', report))
  })

  test('has a task for each stage, and a message for what failed', async () => {
    const results = await parsed<Results>('exercism', real)
    expect(results[0]).toMatchObject({ status: 'pass', message: null })
    const stages = results[2]?.tests.map(({ task_id }) => task_id)
    expect(new Set(stages)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9]))
    const failed = results[3]?.tests.find(({ status }) => status === 'fail')
    expect(failed?.message).toMatch(/^found /)
  })

  test('is an error where no test ran', async () => {
    const results = await parsed<Results>('exercism', {
      ...hostile,
      submissions: [broken, unreadable],
    })
    expect(results).toMatchObject([
      { status: 'fail', tests: [{ status: 'pass' }, { status: 'pass' }, { status: 'error' }] },
      { status: 'error', message: expect.stringContaining('The grader failed'), tests: [] },
      { status: 'error', message: 'it is no folder </td>', tests: [] },
    ])
  })
})
