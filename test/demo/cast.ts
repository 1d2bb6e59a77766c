/** What was printed, and when in seconds; or, as a marker, what a reader is told about it. */
export type CastEvent = [at: number, kind: 'o' | 'm', text: string]

export type Cast = { width: number; height: number; title: string; events: CastEvent[] }

/** No pause is shown longer than this, in seconds: what a machine needs is not what a reader needs. */
const LONGEST_PAUSE = 0.8

/** How long the screen rests after a marker, in seconds: a beginning, and so much for each word told. */
const REST = 2
const REST_PER_WORD = 0.3

/** A recording as it is shown: pauses cut to what is worth seeing, and time to read after each marker. */
export function paced({ events, ...cast }: Cast): Cast {
  let shown = 0
  let before = 0
  const paced = events.map(([at, kind, text], i): CastEvent => {
    shown += Math.min(at - before, LONGEST_PAUSE)
    before = at
    const previous = events[i - 1]
    if (previous?.[1] === 'm') shown += REST + REST_PER_WORD * previous[2].split(' ').length
    return [Math.round(shown * 1000) / 1000, kind, text]
  })
  return { ...cast, events: paced }
}

/** The file that asciinema plays, version 2: https://docs.asciinema.org/manual/asciicast/v2/ */
export function castFile({ events, ...head }: Cast): string {
  return [{ version: 2, ...head }, ...events].map((line) => `${JSON.stringify(line)}\n`).join('')
}
