import fs from 'node:fs'
import path from 'node:path'
import { root } from '../manifest.ts'

/** What students get as it lies in the course. Whoever adds a folder to the course decides about it here. */
const OPEN = [
  '.devcontainer',
  '.editorconfig',
  '.gitattributes',
  '.gitignore',
  '.vscode/launch.json',
  '.vscode/tasks.json',
  'CHANGELOG.md',
  'LICENSE',
  'course.ts',
  'exercises/tsconfig.json',
  'grader',
  'lessons',
  'site',
  'test/harness',
  'test/stubs',
  'tsconfig.json',
]

/** What lies in these places and is not to be handed out. */
const LEFT_OUT = [
  /(^|\/)(node_modules|\.course)$/,
  /^site\/dist$/,
  /^grader\/handout\/README\.md$/,
  /\.test\.ts$/,
  /\.backup-/,
]

/** Copies what lies open in the course and may lie open at a student's; what this course does not have is passed by. */
export function copyOpen(folder: string): void {
  for (const name of OPEN) {
    const from = path.join(root, name)
    if (fs.existsSync(from)) copy(from, path.join(folder, name))
  }
}

/** Copies a file or a folder of the course, without what is not to be handed out. */
export function copy(from: string, to: string): void {
  const isWanted = (file: string) => {
    const name = path.relative(root, file).replaceAll(path.sep, '/')
    return !LEFT_OUT.some((pattern) => pattern.test(name))
  }
  fs.cpSync(from, to, { recursive: true, filter: isWanted })
}

/** The paths of all files in a folder, from there, with slashes. */
export function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((file) => file.replaceAll(path.sep, '/'))
    .sort()
}
