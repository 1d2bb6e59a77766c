/** What a page of the lessons quotes, and what its examples really print. */
import { execFile, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Token } from 'markdown-it'
import { root } from '../grader/manifest.ts'

/**
 * A quoted program: `name` is the path that its first line gives, with what it ends in; `wire` is the
 * recording of its sockets, where the page shows it.
 */
export type Listing = {
  name: string
  region?: string
  code: string
  output?: string
  wire?: string
}

const MAX_SECONDS = 20
const addresses = Object.values(os.networkInterfaces()).flatMap((list) => list ?? [])
/** What an example may say that it needs, in a first line such as `// needs linux, ipv6`. */
const provided: Record<string, boolean> = {
  linux: process.platform === 'linux',
  ipv6: addresses.some(({ address }) => address === '::1'),
  python3: spawnSync('python3', ['--version']).status === 0,
}

/**
 * The fences that begin with `// examples/NAME.ts#region` (`#` in Python), and the output and the
 * recording after.
 */
export function listingsOf(tokens: Token[]): Listing[] {
  return tokens.flatMap((token, i) => {
    if (token.type !== 'fence' || !['ts', 'python'].includes(token.info)) return []
    const [, name, region, code] =
      /^(?:\/\/|#) (examples\/[\w/-]+\.(?:ts|py))(?:#([\w-]+))?\n(.*)$/s.exec(token.content) ?? []
    if (name === undefined || code === undefined) throw new Error(`no file named: ${token.content}`)
    const output = fenceAt(tokens, i + 1, 'text')
    const wire = fenceAt(tokens, i + (output === undefined ? 1 : 2), 'wire')
    return [{ name, region, code, output, wire }]
  })
}

function fenceAt(tokens: Token[], i: number, info: string): string | undefined {
  const token = tokens[i]
  return token?.type === 'fence' && token.info === info ? token.content : undefined
}

/** The part of a file that a listing of it quotes; undefined where there is no such region. */
export function quotedFrom(script: string, region: string | undefined): string | undefined {
  const source = fs.readFileSync(script, 'utf8')
  if (region === undefined) return source
  return new RegExp(`^(?://|#) #region ${region}\n(.*?)^(?://|#) #endregion$`, 'ms').exec(
    source,
  )?.[1]
}

/** Why an example cannot run here, for the title of its test; empty where it can. */
export function reasonToSkip(script: string): string {
  const needs = script.endsWith('.py')
    ? ['python3']
    : (/^\/\/ needs ([^:\n]+)/.exec(fs.readFileSync(script, 'utf8'))?.[1]?.split(', ') ?? [])
  const missing = needs.filter((need) => !provided[need])
  return missing.length > 0 ? ` (skipped: no ${missing.join(', no ')})` : ''
}

/** What an example prints. A failing exit or the time limit rejects, with what it wrote. */
export async function run(script: string): Promise<{ stdout: string; stderr: string }> {
  return execute(script, [], {})
}

/** The same, with what its sockets did, as a transcript without times. */
export async function runRecorded(
  script: string,
): Promise<{ stdout: string; stderr: string; wire: string }> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'course-'))
  const file = path.join(folder, 'wire')
  try {
    const output = await execute(script, ['--import', recorder], { COURSE_WIRE: file })
    const lines = fs.readFileSync(file, 'utf8').replace(/^\d+\.\d{3} {2}/gm, '')
    return { ...output, wire: withNamedPorts(lines) }
  } finally {
    fs.rmSync(folder, { recursive: true })
  }
}

/** Puts a recording into a page in place of the one that follows a listing there. */
export function writeWire(page: string, { code, wire }: Listing, fresh: string): void {
  const text = fs.readFileSync(page, 'utf8')
  const at = text.indexOf(`\`\`\`wire\n${wire}\`\`\``, text.indexOf(code))
  const end = at + `\`\`\`wire\n${wire}`.length
  fs.writeFileSync(page, `${text.slice(0, at)}\`\`\`wire\n${fresh}${text.slice(end)}`)
}

const recorder = path.join(root, 'grader/wire/program/preload.ts')

async function execute(script: string, options: string[], env: Record<string, string>) {
  const isPython = script.endsWith('.py')
  const { stdout, stderr } = await promisify(execFile)(
    isPython ? 'python3' : process.execPath,
    [...options, script],
    {
      timeout: MAX_SECONDS * 1000,
      killSignal: 'SIGKILL',
      env: { ...process.env, ...env },
    },
  )
  return { stdout: withNamedPorts(stdout), stderr }
}

/** The texts of the headings of a page, `##` unless another level is asked for. */
export function headingsOf(tokens: Token[], tag = 'h2'): string[] {
  return tokens.flatMap((token, i) =>
    token.tag === tag && token.type === 'heading_open' ? [tokens[i + 1]?.content ?? ''] : [],
  )
}

/** Where the links of a page lead, other sites left out. */
export function linksOf(tokens: Token[]): string[] {
  return tokens
    .flatMap(({ children }) => children ?? [])
    .map((token) => String(token.attrGet('href') ?? ''))
    .filter((href) => href !== '' && !/^https?:/.test(href))
}

/** The fragment by which GitHub reaches a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-')
}

/** Ports, after a colon or the word, become 40001, 40002, … in order of appearance. */
function withNamedPorts(output: string): string {
  const names = new Map<string, string>()
  return output.replace(/(?<=[\d\]:]:|port:? )\d{4,5}\b/g, (port) => {
    if (!names.has(port)) names.set(port, String(40_001 + names.size))
    return names.get(port) as string
  })
}
