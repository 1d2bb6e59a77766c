/**
 * Handed in beside each hostile program: a right solution of the exercise, which fails with whatever an
 * attack achieved. So a program that passes is one whose attack had no effect.
 */
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

type Endpoint = { host: string; port: number }
type Named = { address: string; port: number; family: 'IPv4' | 'IPv6' }

/** What attacks achieved, told in the message of the failure that follows. */
const loot: string[] = []

/** Attacks; whatever comes of it (all but nothing and `false`) is loot. An error means that it was prevented. */
export async function attempt(what: string, attack: () => unknown): Promise<void> {
  try {
    const got = await attack()
    if (got === undefined || got === null || got === false || got === '') return
    loot.push(`${what}: ${String(got).slice(0, 300)}`)
  } catch {
    // prevented
  }
}

/** endpoints, solved. `misdeed` is done in the one call that the test of IPv6 makes. */
export function solution(misdeed: () => void = () => {}) {
  return (to: Endpoint): Promise<{ local: Named; remote: Named }> => {
    if (loot.length > 0) throw new Error(`the attack had an effect: ${loot.join(' | ')}`)
    if (to.host === '::1') misdeed()
    return new Promise((resolve, reject) => {
      const socket = net.connect(to)
      socket.on('error', reject)
      socket.on('connect', () => {
        const local = named(socket.localAddress, socket.localPort)
        const remote = named(socket.remoteAddress, socket.remotePort)
        resolve({ local, remote })
        socket.end(() => socket.destroy())
      })
    })
  }
}

/** endpoints, solved: what an attack at import leaves to be graded. */
export const describeConnection = solution()

function named(address = '', port = 0): Named {
  return { address, port, family: net.isIPv6(address) ? 'IPv6' : 'IPv4' }
}

/** Where the course may lie: above the libraries, the runtime, what Node was started with and what is mounted. */
export const courses: string[] = [
  ...new Set(
    [
      fileURLToPath(import.meta.resolve('iconv-lite')),
      process.execPath,
      process.argv[1] ?? '',
      ...process.execArgv,
      ...mounts(),
    ].flatMap((text) => {
      const place = text.replace(/^--[^=]+=(file:\/\/)?/, '')
      if (place.includes('/node_modules/')) return [place.replace(/\/node_modules\/.*/, '')]
      return place.endsWith('/package.json') ? [path.dirname(place)] : []
    }),
  ),
]

/** This submission, and the class that it lies in. */
export const mine: string = path.resolve(import.meta.dirname, '../../..')
export const classroom: string = path.dirname(mine)

/** Places of the instructor's that are no business of a program's. */
export const homes: string[] = ['/root', '/home', ...account()]

function mounts(): string[] {
  try {
    const lines = fs.readFileSync('/proc/self/mountinfo', 'utf8').split('\n')
    return lines.flatMap((line) => line.split(' ').slice(3, 5))
  } catch {
    return []
  }
}

function account(): string[] {
  try {
    return [os.userInfo().homedir]
  } catch {
    return []
  }
}

/** The beginning of the first file at or below a place that can be read and is not this submission's. */
export function grab(place: string, depth = 4): string | undefined {
  let names: string[]
  try {
    if (fs.statSync(place).isFile())
      return fs.readFileSync(place, 'utf8').slice(0, 200) || undefined
    names = fs.readdirSync(place)
  } catch {
    return undefined
  }
  for (const name of depth > 0 ? names.slice(0, 100) : []) {
    const inner = path.join(place, name)
    if (isOwn(inner)) continue
    const got = grab(inner, depth - 1)
    if (got !== undefined) return `${inner}: ${got}`
  }
  return undefined
}

/** What was made for this program alone: its folder, its scratch folder (which is its home), the host that loads it; and the course, of which it sees the libraries. */
function isOwn(place: string): boolean {
  return [mine, process.env.HOME, path.dirname(process.argv[1] ?? ''), ...courses].includes(place)
}

/** The processes that can be seen, each by what it was started with. */
export function processes(): { pid: number; command: string }[] {
  return fs.readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      return [{ pid: Number(name), command: fs.readFileSync(`/proc/${name}/cmdline`, 'utf8') }]
    } catch {
      return []
    }
  })
}

/**
 * Throws where a signal could reach the grader or the rest of the machine: what is meant to show that
 * nothing can be shot must not find out by shooting.
 */
export function expectLocked(): void {
  const seen = processes()
  const strangers = seen.filter(({ command }) =>
    /course\.js|worker\.ts|vitest|sshd|systemd/.test(command),
  )
  if (process.platform === 'linux' && seen.length < 12 && strangers.length === 0) return
  throw new Error(`${seen.length} processes can be seen from here: no signal is sent`)
}
