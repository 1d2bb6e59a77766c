type Look = () => unknown

let looks: Look[] = []

/** Called by an instrumented decoder (regions.ts) for each variable that it keeps between chunks. */
export function watch(look: Look): void {
  looks.push(look)
}

/** Makes a decoder, and a function that tells what this one keeps; undefined when it keeps nothing. */
export function watching<T>(make: () => T): { made: T; kept: Look } {
  looks = []
  const made = make()
  const [look] = looks
  return { made, kept: () => look?.() }
}
