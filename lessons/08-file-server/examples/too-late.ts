import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

const root = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'lesson-')))
const home = path.join(root, 'anna')
const notes = path.join(home, 'notes')
await fs.mkdir(home)
await fs.writeFile(path.join(root, 'diary'), 'dear diary')

/** Anna's notes are now a link that leads out. */
async function swap() {
  await fs.rm(notes, { force: true })
  await fs.symlink('../diary', notes)
}

// Back to a file of her own.
async function swapBack() {
  await fs.rm(notes, { force: true })
  await fs.writeFile(notes, 'my notes')
}

// #region late
const isInside = (place: string) => place.startsWith(home + path.sep)

async function lookThenOpen(between: () => Promise<void>): Promise<string> {
  if (!isInside(await fs.realpath(notes))) return 'refused'
  await between()
  return fs.readFile(notes, 'utf8')
}

async function openThenLook(between: () => Promise<void>): Promise<string> {
  await using file = await fs.open(notes)
  await between()
  const place = await fs.realpath(notes)
  const [opened, seen] = [await file.stat(), await fs.stat(place)]
  const isSame = opened.ino === seen.ino && opened.dev === seen.dev
  return isInside(place) && isSame ? file.readFile('utf8') : 'refused'
}

await swapBack()
console.log('look, then open:', await lookThenOpen(swap))
console.log('open, then look:', await openThenLook(async () => {}))
console.log('swapped back:   ', await openThenLook(swapBack))
console.log('left alone:     ', await openThenLook(async () => {}))
// #endregion
await fs.rm(root, { recursive: true })
