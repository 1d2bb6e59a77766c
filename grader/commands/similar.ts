import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Found, readSubmissions } from '../class/read.ts'
import { findAlike } from '../class/similar.ts'
import { BadCall } from '../exit.ts'
import { interruptible } from '../interrupt.ts'
import { NOTE, similarText } from '../report/similar.ts'

type Options = { threshold: number; format: string }

/** Tells which submissions are alike. What could not be read is told on stderr, and is no failure. */
export async function similar(paths: string[], options: Options): Promise<number> {
  const threshold = options.threshold / 100
  const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'course-similar-'))
  await interruptible(
    async () => {
      const found = await readSubmissions(paths, workspace)
      const readable = readableOf(found)
      const alike = await findAlike(readable, threshold)
      if (options.format === 'json')
        console.log(
          JSON.stringify({
            version: 1,
            note: NOTE.join(' '),
            submissions: readable.length,
            threshold,
            alike,
          }),
        )
      else console.log(similarText(alike, readable.length, threshold))
    },
    async () => fs.rmSync(workspace, { recursive: true, force: true }),
  )
  return 0
}

function readableOf(found: Found[]): Found[] {
  for (const { name, message } of found)
    if (message) console.error(`${name}  unreadable: ${message}`)
  const readable = found.filter(({ base }) => base !== undefined)
  if (readable.length >= 2) return readable
  throw new BadCall(
    `two submissions are needed to compare them, and ${readable.length} could be read`,
  )
}
