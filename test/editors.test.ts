/** What an editor is told: tasks that exist, failures that become problems, types that are a note. */
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findExercise, root } from '../grader/manifest.ts'
import { CourseCopy } from './grader/course-copy.ts'

const exercise = findExercise('timestamp-server')
if (!exercise) throw new Error('timestamp-server is gone')
const copy = new CourseCopy()
afterAll(() => copy.remove())

function settings(name: string) {
  return JSON.parse(fs.readFileSync(path.join(root, '.vscode', name), 'utf8'))
}

const { tasks } = settings('tasks.json')
const matcher = tasks.find((task: Task) => task.label === 'Course: grade this exercise')
type Task = { label: string; command: string; problemMatcher: { pattern?: { regexp: string } } }

test('every task calls a script of package.json, every configuration a task that is there', () => {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))
  for (const { command } of tasks as Task[]) {
    const script = /^npm (?:run (?:--silent )?)?(\w+)/.exec(command)?.[1] ?? ''
    expect(scripts, command).toHaveProperty(script)
  }
  const labels = (tasks as Task[]).map(({ label }) => label)
  for (const { preLaunchTask } of settings('launch.json').configurations) {
    if (preLaunchTask) expect(labels).toContain(preLaunchTask)
  }
})

test('a type error is a note before the verdict, and each failure has a place that the matcher finds', async () => {
  const source = fs
    .readFileSync(exercise.solution, 'utf8')
    .replace(/^(export .*startTimestampServer.*)$/m, '$1\n  const wrong: number = "text"')
  fs.writeFileSync(copy.path('exercises', exercise.place, 'main.ts'), `${source}\nthrow 1\n`)
  const failing = await copy.run('check', exercise.id)
  const pattern = new RegExp(matcher.problemMatcher.pattern.regexp)
  const problems = failing.stdout.split('\n').flatMap((line) => {
    const [, file, line_, column, title] = pattern.exec(line) ?? []
    return file ? [{ file, place: `${line_}:${column}`, title }] : []
  })
  expect(failing.code).toBe(1)
  expect(problems.length).toBeGreaterThanOrEqual(6)
  expect(problems[0]?.file).toBe(`exercises/${exercise.place}/main.ts`)
  expect(new Set(problems.map(({ title }) => title)).size).toBe(problems.length)

  fs.writeFileSync(copy.path('exercises', exercise.place, 'main.ts'), source)
  const passing = await copy.run('check', exercise.id)
  expect(passing.code).toBe(0)
  expect(passing.stdout).toMatch(
    /^types {5}main\.ts:\d+:9 {2}Type 'string' is not assignable to type 'number'\.\n\ntimestamp-server {2}15\/15 points/,
  )
})
