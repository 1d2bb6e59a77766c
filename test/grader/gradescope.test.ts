/** The autograder for Gradescope, unpacked and run as Gradescope does; packages are not installed anew. */
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import { findExercise, root } from '../../grader/manifest.ts'

const autograder = fs.mkdtempSync(path.join(os.tmpdir(), 'autograder-'))
const source = path.join(autograder, 'source')
const course = path.join(source, 'course')
afterAll(() => fs.rmSync(autograder, { recursive: true }))

const exercise = findExercise('timestamp-server')
if (!exercise) throw new Error('timestamp-server is gone')

type Ended = { code: number; stderr: string }

function run(command: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd: autograder }, (error, _stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stderr }),
    )
  })
}

const pack = (...args: string[]) =>
  run(process.execPath, path.join(root, 'grader/course.js'), 'gradescope', ...args)

/** Runs the autograder in its folder, as Gradescope says it does. */
async function grade(): Promise<Ended & { results: Record<string, unknown> }> {
  const file = path.join(autograder, 'results/results.json')
  fs.rmSync(file, { force: true })
  const ended = await run('bash', path.join(source, 'run_autograder'))
  return { ...ended, results: JSON.parse(fs.readFileSync(file, 'utf8')) }
}

test('the zip has its scripts at the top, and of the course what grading takes', async () => {
  const zip = path.join(autograder, 'out.zip')
  expect(await pack('out.zip', '--exercise', exercise.id)).toMatchObject({ code: 0 })
  const files = unzipSync(fs.readFileSync(zip))
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining(['setup.sh', 'run_autograder', 'course/package-lock.json']),
  )
  const hidden = Object.keys(files).filter((file) =>
    /^course\/(solutions|exercises|lessons)\/|\/mistakes\/.*\.ts$|node_modules/.test(file),
  )
  expect(hidden).toEqual([])
  for (const [file, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(source, file)), { recursive: true })
    fs.writeFileSync(path.join(source, file), content)
  }
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(course, 'node_modules'))
})

test('a file that is there is not overwritten, and what is no zip not written', async () => {
  expect(await pack('out.zip')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('is there already'),
  })
  expect(await pack('out.tar')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('takes a .zip'),
  })
})

test('a submission gets its points, though the upload form dropped its folders', async () => {
  fs.mkdirSync(path.join(autograder, 'submission'))
  fs.copyFileSync(exercise.solution, path.join(autograder, 'submission/main.ts'))
  const { code, results } = await grade()
  expect(results).toMatchObject({ score: 15, stdout_visibility: 'hidden' })
  expect(results.tests).toHaveLength(9)
  expect(code).toBe(0)
})

test('a failure of the grader is an error, and never a grade', async () => {
  const suite = path.join(course, path.relative(root, exercise.hidden))
  fs.writeFileSync(suite, 'throw new Error("broken")')
  const broken = await grade()
  expect(broken.code).toBe(3)
  expect(broken.results.output).toMatch(/^This is no grade\. The grader failed on timestamp-server/)

  fs.rmSync(path.join(course, 'grader/verdict'), { recursive: true })
  const dead = await grade()
  expect(dead.code).toBe(3)
  expect(dead.results.output).toMatch(/^This is no grade\. The grader failed/)
  expect(JSON.stringify([broken.results, dead.results])).not.toContain('score')
})
