import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { BadCall } from '../exit.ts'
import { root } from '../manifest.ts'

/** The scripts that students need; a handout has those of them that the course has. */
const SCRIPTS = ['start', 'check', 'list', 'hint', 'reset', 'play', 'peer', 'site', 'update-course']

/** What students need of what the course is developed with: to grade, and for their editor. */
const TOOLS = ['@types/node', 'fast-check', 'node', 'typescript', 'vitest']

/**
 * Writes the package.json of a handout, and the package-lock.json that fits it: the course's own, out of
 * which npm takes what is not needed any more. It needs no network for that.
 */
export function writePackage(folder: string): void {
  const own = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))
  const reduced = {
    ...own,
    scripts: pick(own.scripts, SCRIPTS),
    devDependencies: pick(own.devDependencies, TOOLS),
  }
  fs.writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(reduced, null, 2)}\n`)
  fs.copyFileSync(path.join(root, 'package-lock.json'), path.join(folder, 'package-lock.json'))
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  try {
    npm(['install', '--package-lock-only', '--offline', ...quiet], folder)
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string }
    throw new BadCall(
      `npm could not fit package-lock.json to the handout; does \`npm ci\` work in ${root}? It said: ${stderr || message}`,
    )
  }
}

/** Runs npm, the one that called this command if one did. */
function npm(args: string[], cwd: string): void {
  const cli = process.env.npm_execpath
  const [file, first] = cli ? [process.execPath, [cli]] : ['npm', []]
  execFileSync(file, [...first, ...args], { cwd, encoding: 'utf8', stdio: 'pipe' })
}

function pick(from: Record<string, string>, names: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)))
}
