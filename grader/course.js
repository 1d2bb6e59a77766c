#!/usr/bin/env node
// Finds the Node that the course is pinned to and runs the command on it, whatever Node was called.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const packages = path.join(root, 'node_modules')
const node = path.join(packages, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

const problem = whatIsMissing()
if (problem) giveUp(problem)

const args = ['--disable-warning=ExperimentalWarning', path.join(root, 'grader', 'main.ts')]
const child = spawn(node, [...args, ...process.argv.slice(2)], { stdio: 'inherit' })
// Ctrl-C reaches both processes; what it means is the command's to say.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('error', ({ message }) => giveUp(foreign(message)))
child.on('exit', (code, signal) => {
  // What a shell says of a program that is none here; the course itself never ends with these.
  if (code === 126 || code === 127) giveUp(foreign(`status ${code}`))
  // A command that was killed could not leave its screen itself.
  if (signal && process.stdout.isTTY) process.stdout.write('\x1b[?7h\x1b[?25h\x1b[?1049l')
  process.exitCode = signal ? 130 : (code ?? 3)
})

/** @param {string} reason */
function foreign(reason) {
  return `the Node in ${packages} does not run on this machine (${reason}), as when the folder comes from another one. Run \`npm ci\` here, then try again.`
}

/** Why there is no Node to run on, in a sentence that says what to do. */
function whatIsMissing() {
  if (existsSync(node)) return undefined
  if (!existsSync(packages))
    return `its packages are not installed in ${root}. Run \`npm ci\` there, then try again.`
  if (!existsSync(path.join(packages, 'node')))
    return `a part of its packages is not installed in ${root}: grading needs those for development too. Run \`npm ci --include=dev\` there, then try again.`
  return `the Node that it brings along is not complete in ${root}, as when npm may not run the scripts of packages. Run \`npm ci --ignore-scripts=false\` there with a network, then try again.`
}

/** @param {string} sentence */
function giveUp(sentence) {
  console.error(`course: ${sentence}`)
  process.exit(2)
}
