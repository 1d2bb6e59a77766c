/** What the tests with real peers share: how programs are started, and what a missing one means. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test as base } from 'vitest'
import { findExercise, root } from '../../grader/manifest.ts'
import { Program } from './program.ts'

export { describe, expect } from 'vitest'

/** Starts a program; it is ended with the test, passed or failed. */
export type Start = (command: string, ...args: string[]) => Program

const test = base.extend<{ start: Start; folder: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that one needs off the pattern
  start: async ({}, use) => {
    const programs: Program[] = []
    await use((command, ...args) => {
      const program = new Program(command, args, root)
      programs.push(program)
      return program
    })
    await Promise.all(programs.map((program) => program.stop()))
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  folder: async ({}, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'course-peers-'))
    await use(folder)
    fs.rmSync(folder, { recursive: true })
  },
})

/** The command line of a solution as it is run by hand: `start(...client('first-client', HOST, PORT, TEXT))`. */
export function client(id: string, ...args: string[]): [string, ...string[]] {
  return [process.execPath, solution(id), ...args]
}

/** The command line of a solution that is a server, on any free port. */
export function server(id: string, ...args: string[]): [string, ...string[]] {
  return [process.execPath, ...tellPort, solution(id), '0', ...args]
}

function solution(id: string): string {
  const exercise = findExercise(id)
  if (!exercise) throw new Error(`course.ts has no exercise ${id}`)
  return path.relative(root, exercise.solution)
}

/** The command line of a program text that imports a solution, for what its own main block lacks. */
export function driver(text: string): [string, ...string[]] {
  return [process.execPath, ...tellPort, '--input-type=module', '--eval', text]
}

/** The command line of one of the programs in python/. */
export function python(file: string, ...args: string[]): [string, ...string[]] {
  return ['python3', path.join(root, 'test/peers/python', file), ...args]
}

const tellPort = ['--import', './test/peers/tell-port.ts']

/** How a peer shows that it is here, and of the kind that is meant. */
const PEERS = {
  python3: { ask: ['python3', '-c', 'import sys; print(sys.version)'], answer: /^3\.(8|9|\d\d)/ },
  // Other netcats have an -N too, with another meaning.
  'netcat-openbsd': { ask: ['nc', '-h'], answer: /-N\s+Shutdown the network socket/ },
  socat: { ask: ['socat', '-V'], answer: /socat version/ },
  curl: { ask: ['curl', '--version'], answer: /^Protocols:.* telnet\b/m },
} as const

export type Peer = keyof typeof PEERS

/**
 * `test` for what needs real peers; each has an empty folder of its own. Without one of them the test is skipped, the reason in its title,
 * so that a user's run stays green and says what it left out; where CI is set it fails instead, or
 * a machine could prove nothing for years.
 */
export function testWith(...peers: Peer[]) {
  const missing = peers.filter((peer) => !isHere(peer))
  const reason = `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing`
  return (title: string, body: (start: Start, folder: string) => Promise<void>): void => {
    const isSkipped = missing.length > 0 && !process.env.CI
    test.skipIf(isSkipped)(
      isSkipped ? `${title} (skipped: ${reason})` : title,
      async ({ start, folder }) => {
        if (missing.length > 0) throw new Error(`${reason}, and where CI is set no test is skipped`)
        await body(start, folder)
      },
    )
  }
}

function isHere(peer: Peer): boolean {
  const [command, ...args] = PEERS[peer].ask
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  return PEERS[peer].answer.test(`${stdout}${stderr}`)
}
