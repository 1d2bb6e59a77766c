import filenamify from 'filenamify'

/** So many characters at most: four bytes each, they leave room for an ending in the usual 255. */
const LENGTH = 60

/**
 * A file name, without ending, for each of these names: one that every system can store, that leads
 * nowhere else, and that differs from all others even where the case of letters does not count.
 */
export function fileNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const short = [...name.toWellFormed().normalize('NFC')].slice(0, LENGTH).join('')
    const clean = filenamify(short, { replacement: '_' }).replace(/^\./, '_')
    let free = clean
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${clean}-${n}`
    taken.add(free.toLowerCase())
    return free
  })
}
