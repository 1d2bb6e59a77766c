import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildHost, prepare } from '../../../grader/student/sources.ts'

let folder = ''
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sources-'))
})
afterEach(() => fs.rmSync(folder, { recursive: true }))

const write = (name: string, text: string) => {
  const file = path.join(folder, name)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, text)
  return file
}

test('types are stripped in place: each line and column stays', () => {
  const file = write(
    'main.ts',
    'type A = string\nexport const f = (é: A): number => é.length // 中\n',
  )
  const code = prepare(folder)[file] ?? ''
  expect(code).not.toContain('type')
  expect(code.indexOf('=> é.length')).toBe(fs.readFileSync(file, 'utf8').indexOf('=> é.length'))
  expect(code.split('\n').length).toBe(3)
})

test('what Node refuses is translated, with a source map', () => {
  const file = write(
    'main.ts',
    'export enum Mode { A, B }\nexport class P { constructor(readonly x: number) {} }\n',
  )
  const code = prepare(folder)[file] ?? ''
  expect(code).toContain('Mode')
  expect(code).not.toContain('enum')
  expect(code).toContain('sourceMappingURL=data:')
})

test('a file with a syntax error is left out, the others are not', () => {
  const bad = write('main.ts', 'export function (')
  const worse = write('worse.ts', 'enum A { B }\nexport function (')
  const good = write('lib/good.ts', 'export const x: number = 1')
  expect(Object.keys(prepare(folder))).toEqual([good])
  expect([bad, worse].some((file) => file in prepare(folder))).toBe(false)
})

test('only .ts files that a person wrote are read', () => {
  const main = write('main.ts', '')
  write('notes.md', 'enum')
  write('node_modules/x/index.ts', 'export const x = 1')
  write('big.ts', `//${'x'.repeat(1024 * 1024)}`)
  fs.symlinkSync(main, path.join(folder, 'link.ts'))
  fs.mkdirSync(path.join(folder, 'folder.ts'))
  expect(Object.keys(prepare(folder))).toEqual([main])
})

test('of a submission with very many files the first are read', () => {
  for (let i = 0; i < 250; i++) write(`f${i}.ts`, '')
  expect(Object.keys(prepare(folder)).length).toBe(200)
})

test('the host is one file that needs nothing beside it', () => {
  const host = buildHost(folder)
  const code = fs.readFileSync(host, 'utf8')
  expect(path.dirname(host)).toBe(folder)
  expect(
    [...code.matchAll(/^import .* from "(.+)";$/gm)].every(([, from]) => from?.startsWith('node:')),
  ).toBe(true)
  // A map costs each start; only a measurement of coverage needs one.
  expect(code.includes('sourceMappingURL=data:')).toBe(Boolean(process.env.NODE_V8_COVERAGE))
})
