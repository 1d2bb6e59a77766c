import fs from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ExerciseInfo, exercises } from '../../grader/manifest.ts'
import { hints, section, taskText } from '../../grader/task.ts'
import { makeExercise } from './verdict/exercise.ts'

let exercise: ExerciseInfo
let remove: () => void
beforeEach(() => {
  ;({ exercise, remove } = makeExercise())
})
afterEach(() => remove())

const README = `# Quotes

Why.

## Task

Write it.

\`\`\`ts
// 1. not a hint
\`\`\`

## Hints

1. A nudge,
   on two lines.

   \`\`\`ts
   if (x) {
     y()
   }
   \`\`\`

2. More.
10. Nearly there.
`
const write = (text: string) => fs.writeFileSync(exercise.readme, text)

test('a section is the text below its heading', () => {
  write(README)
  expect(section(exercise, 'Task')).toBe('Write it.\n\n```ts\n// 1. not a hint\n```')
})

test('hints keep their lines and code, without their number and indent', () => {
  write(README)
  expect(hints(exercise)).toEqual([
    'A nudge,\non two lines.\n\n```ts\nif (x) {\n  y()\n}\n```',
    'More.',
    'Nearly there.',
  ])
})

test('a README with CRLF reads the same', () => {
  write(README)
  const [task, all] = [section(exercise, 'Task'), hints(exercise)]
  write(README.replaceAll('\n', '\r\n'))
  expect(section(exercise, 'Task')).toBe(task)
  expect(hints(exercise)).toEqual(all)
})

test('a section that is not there is told, with the file', () => {
  write('# Quotes\n\n### Hints\n\nnone')
  expect(() => hints(exercise)).toThrow(`${exercise.readme} has no section "## Hints"`)
  expect(() => section(exercise, 'Hint')).toThrow('## Hint')
})

test.each(exercises.filter(({ readme }) => fs.existsSync(readme)))(
  '$id has a task and three hints or more',
  (one) => {
    expect(section(one, 'Task').length).toBeGreaterThan(20)
    expect(hints(one).length).toBeGreaterThanOrEqual(3)
  },
)

const STAGED = README.replace(
  'Write it.\n',
  'Write it.\n\n### 1. login\n\nSay who.\n\n### 2. home\n\nStay in.\n',
)

test('a task with stages is shown stage by stage', () => {
  write(STAGED)
  expect(taskText(exercise)).toBe('Write it.\n\nStage 1. login\n\nSay who.')
  expect(taskText(exercise, 'home')).toMatch(/^Stage 2\. home\n\nStay in\./)
})
