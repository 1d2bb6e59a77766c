#!/usr/bin/env node
// Finds the Node that the course is pinned to and runs the command on it, whatever Node was called.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const node = path.join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
)

if (!existsSync(node)) {
  console.error(
    `course: its packages are not installed in ${root}. Run \`npm ci\` there, then try again.`,
  )
  process.exit(2)
}

const args = ['--disable-warning=ExperimentalWarning', path.join(root, 'grader', 'main.ts')]
const child = spawn(node, [...args, ...process.argv.slice(2)], { stdio: 'inherit' })
// Ctrl-C reaches both processes; what it means is the command's to say.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code, signal) => {
  process.exitCode = signal ? 130 : (code ?? 3)
})
