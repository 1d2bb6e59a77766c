/**
 * The words of a text, for the index and for what a reader types: the same function in both places. Han
 * characters stand without spaces, so each is a word, and each two neighbours are (`Intl.Segmenter` would
 * cut them otherwise in Node than in a browser of another year).
 */
export function words(text: string): string[] {
  return [
    ...text.toLowerCase().matchAll(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}_])+/gu),
  ].flatMap(([run]) => (/\p{Script=Han}/u.test(run) ? neighbours(run) : run))
}

function neighbours(run: string): string[] {
  const characters = [...run]
  return characters.concat(characters.slice(1).map((next, i) => `${characters[i]}${next}`))
}

/** How the words of a query are looked for: a Han word of several characters by its pairs alone. */
export function queryWords(text: string): string[] {
  const all = words(text)
  const covered = new Set(
    all.filter((word) => isHan(word) && [...word].length === 2).flatMap((pair) => [...pair]),
  )
  return all.filter((word) => !covered.has(word))
}

const isHan = (word: string) => /\p{Script=Han}/u.test(word)
