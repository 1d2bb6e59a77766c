import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Alike, findAlike } from '../../../grader/class/similar.ts'
import { type ExerciseInfo, findExercise, root } from '../../../grader/manifest.ts'

/** Right programs, each written on its own and in its own style. */
const independent = path.join(import.meta.dirname, 'independent')
const chosen = fs.readdirSync(independent).map(exerciseOf)

function exerciseOf(id: string): ExerciseInfo {
  const exercise = findExercise(id)
  if (!exercise) throw new Error(`course.ts lists no exercise ${id}`)
  return exercise
}

let folder = ''
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'similar-'))
})
afterAll(() => fs.rmSync(folder, { recursive: true }))

/** A submission of one program. */
function hand(name: string, exercise: ExerciseInfo, files: Record<string, string>) {
  const base = path.join(folder, name)
  fs.mkdirSync(path.join(base, exercise.place), { recursive: true })
  for (const [file, text] of Object.entries(files))
    fs.writeFileSync(path.join(base, exercise.place, file), text)
  return { name, path: base, base }
}

/** What somebody does to a copy: other names, other comments and layout, everything in another order. */
function disguised(source: string): string {
  const [head = '', ...blocks] = source
    .replace(/^ *\/\/.*\n|\/\*[\s\S]*?\*\/\n/gm, '')
    .split('\n\n')
  const text = [head, ...blocks.reverse()].join('\n\n// my own work\n')
  const declared = /(?:const|let|function\*?|class) (\w+)|[({,] ?(\w+)(?=: [A-Z]\w+\)|\) =>)/g
  const names = new Set([...text.matchAll(declared)].map(([, one, other]) => one ?? other))
  const isExported = (name: string) => text.includes(`export function ${name}`)
  const isKept = (name: string) =>
    isExported(name) || text.includes(`export async function ${name}`)
  let renamed = text
  for (const [i, name = ''] of [...names].entries()) {
    if (!isKept(name))
      renamed = renamed.replaceAll(new RegExp(`(?<![.'\`\\w])${name}\\b`, 'g'), `my${i}`)
  }
  return renamed
    .replace(/^( +)/gm, '$1$1')
    .replace(/'/g, '"')
    .replace(/(\w|\))$/gm, '$1;')
}

const read = (file: string) => fs.readFileSync(file, 'utf8')
const names = ({ fragment }: Alike) => fragment.map(({ submission }) => submission).sort()
/** the command's own threshold */
const bound = 0.4

test.for(chosen)(
  '$id: disguised copies are told, programs written independently are not',
  async (exercise) => {
    const originals = fs.readdirSync(path.join(independent, exercise.id)).map((file) => ({
      name: path.parse(file).name,
      text: read(path.join(independent, exercise.id, file)),
    }))
    originals.push({ name: 'solution', text: read(exercise.solution) })
    const found = originals.flatMap(({ name, text }) => [
      hand(`${exercise.id}-${name}`, exercise, { 'main.ts': text }),
      hand(`${exercise.id}-${name}-copy`, exercise, { 'main.ts': disguised(text) }),
    ])
    const alike = await findAlike(found, 0.01)
    const copies = originals.map(({ name }) => [
      `${exercise.id}-${name}`,
      `${exercise.id}-${name}-copy`,
    ])
    const told = alike.filter(({ similarity }) => similarity >= bound)
    expect(told.map(names).sort()).toEqual(copies.sort())
    expect(alike.slice(0, told.length)).toEqual(told)
  },
)

test('a program in which a few lines were changed is told: the mistakes beside their solution', async () => {
  const exercise = exerciseOf('line-framing')
  const mistakes = fs.readdirSync(exercise.mistakes).filter((file) => file.endsWith('.ts'))
  const changed = mistakes.map((file) =>
    hand(`changed/${file}`, exercise, { 'main.ts': read(path.join(exercise.mistakes, file)) }),
  )
  const solution = hand('solution', exercise, { 'main.ts': read(exercise.solution) })
  const alike = await findAlike([solution, ...changed], bound)
  const told = alike.map(names).filter((pair) => pair.includes('solution'))
  expect(
    told
      .flat()
      .filter((name) => name !== 'solution')
      .sort(),
  ).toEqual(mistakes.map((file) => `changed/${file}`).sort())
})

test('what everybody has from the stub, and what is too short to differ, is not told', async () => {
  const exercise = exerciseOf('file-server')
  const stub = read(exercise.stub)
  const found = ['a', 'b'].map((name) =>
    hand(`stub-${name}`, exercise, { 'main.ts': `${stub}\nconsole.log('${name}', 1 + 2)\n` }),
  )
  expect(await findAlike(found, 0.01)).toEqual([])
})

test('all files of an exercise are one program, whatever their names; broken ones are read as well', async () => {
  const exercise = exerciseOf('worker-pool')
  const [main, worker] = ['main.ts', 'worker.ts'].map((file) =>
    read(path.join(path.dirname(exercise.solution), file)),
  ) as [string, string]
  const found = [
    hand('tidy', exercise, { 'main.ts': main, 'worker.ts': worker }),
    hand('split', exercise, {
      'pool.ts': disguised(main),
      'job.ts': worker,
      'main.ts': 'export * from "./pool.ts"\nfunction (',
    }),
  ]
  fs.symlinkSync('/etc/passwd', path.join(found[0]?.base ?? '', exercise.place, 'link.ts'))
  const [alike, ...others] = await findAlike(found, bound)
  expect(others).toEqual([])
  expect(alike).toMatchObject({
    exercise: 'worker-pool',
    fragment: [
      { submission: 'tidy', from: { file: 'main.ts' } },
      { submission: 'split', from: { file: 'pool.ts' } },
    ],
  })
})

test('the command tells pairs with the passage in common, as a hint, and who could not be read', async () => {
  const exercise = exerciseOf('line-framing')
  const solution = read(exercise.solution)
  hand('class/ada', exercise, { 'main.ts': solution })
  hand('class/bob', exercise, { 'main.ts': `// mine\n\n${solution}` })
  fs.writeFileSync(path.join(folder, 'class/eve.rar'), '')
  const run = (...args: string[]) =>
    promisify(execFile)(
      process.execPath,
      [path.join(root, 'grader/course.js'), 'similar', path.join(folder, 'class'), ...args],
      { env: { ...process.env, NO_COLOR: '1' } },
    )
  const [text, json] = await Promise.all([run(), run('--format', 'json', '--threshold', '99')])
  expect(text.stderr).toMatch(/^eve\.rar {2}unreadable: it is neither a folder/)
  const { alike, note, ...rest } = JSON.parse(json.stdout)
  expect(note).toMatch(/^A hint for a person .* no proof/)
  expect(text.stdout.replaceAll('\n', ' ')).toContain(note)
  expect(rest).toEqual({ version: 1, submissions: 2, threshold: 0.99 })
  expect(alike).toMatchObject([{ exercise: 'line-framing', similarity: 1 }])
  const [{ from, to }, copy] = alike[0].fragment
  expect(from).toEqual({
    file: 'main.ts',
    line: 1 + solution.split('\n').indexOf('const CR = 0x0d'),
  })
  expect(copy.from).toEqual({ file: 'main.ts', line: from.line + 2 })
  expect(text.stdout.replace(/ +/g, ' ')).toContain(
    `line-framing 100 % ada/main.ts:${from.line}-${to.line} bob/main.ts:${copy.from.line}-${copy.to.line}\n`,
  )
  fs.rmSync(path.join(folder, 'class/bob'), { recursive: true })
  await expect(run()).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /two submissions are needed to compare them, and 1 could be read/,
    ),
  })
})
