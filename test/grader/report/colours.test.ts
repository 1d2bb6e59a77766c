/** Colours change nothing but colours: the tests of texts run without, terminals with. */
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { root } from '../../../grader/manifest.ts'

const program = `
  import { findExercise } from './grader/manifest.ts'
  import { verdictPage } from './grader/report/verdict-page.ts'
  import { verdictText } from './grader/report/verdict-text.ts'
  import { wrap } from './grader/report/wrap.ts'
  const finding = { kind: 'wrong value', message: 'one line\\nand another', expected: 'a', got: 'b' }
  const outcome = { title: 'says something', status: 'fail', max: 2, lesson: 'Half-close', finding, wire: [] }
  const verdict = { exercise: 'first-client', status: 'fail', durationMs: 1, seed: 's', outcomes: [outcome] }
  const exercise = findExercise('first-client')
  console.log(wrap(verdictText(exercise, verdict), 60), wrap(verdictPage(exercise, verdict, 0), 60))
`

function printed(colour: NodeJS.ProcessEnv): string {
  const { NO_COLOR, FORCE_COLOR, ...env } = process.env
  const args = ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', program]
  const options = { cwd: path.resolve(root), env: { ...env, ...colour }, encoding: 'utf8' } as const
  return execFileSync(process.execPath, args, options)
}

test('a verdict is the same text with colours and without', () => {
  const [plain, coloured] = [printed({ NO_COLOR: '1' }), printed({ FORCE_COLOR: '1' })]
  expect(coloured).not.toBe(plain)
  expect(stripVTControlCharacters(coloured)).toBe(plain)
  expect(plain).toMatch(/^ {2}found {5}one line\n {12}and another\n/m)
})
