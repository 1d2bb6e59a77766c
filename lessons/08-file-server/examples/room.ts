import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'lesson-'))

async function used(): Promise<number> {
  let sum = 0
  for (const name of await fs.readdir(folder)) {
    sum += (await fs.stat(path.join(folder, name))).size
  }
  return sum
}

// #region room
const MOST = 100
let announced = 0

async function check(size: number): Promise<boolean> {
  return (await used()) + size <= MOST
}

async function reserve(size: number): Promise<boolean> {
  const stored = await used()
  // From here to the end of the function nobody else gets a turn.
  if (stored + announced + size > MOST) return false
  announced += size
  return true
}

for (const ask of [check, reserve]) {
  const answers = await Promise.all([ask(60), ask(60)])
  const allowed = answers.filter((isAllowed) => isAllowed)
  console.log(`${ask.name}: of two files of 60 into 100, allowed:`, allowed.length)
}
// #endregion
await fs.rm(folder, { recursive: true })
