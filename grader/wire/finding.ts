/**
 * What a hidden test found wrong, in the terms that feedback is written in. It is thrown as an Error;
 * vitest hands its fields on.
 */
export type Kind =
  | 'wrong bytes'
  | 'too few bytes'
  | 'too many bytes'
  | 'nothing came'
  | 'ended early'
  | 'reset'
  | 'did not end'
  | 'never connected'
  | 'refused'
  | 'never settled'
  | 'wrong value'
  | 'resolved'
  | 'rejected'
  | 'threw'
  | 'never listened'
  | 'wrong host'
  | 'wrong port'
  | 'not serialisable'
  | 'no such export'
  | 'no such method'
  | 'not loaded'
  | 'still there'
  | 'exited'
  | 'crashed'
  | 'killed'
  | 'flooded'
  | 'hung'
  | 'garbled'

/** The kinds that mean that the student's process itself came to grief. */
export const CRASHES: ReadonlySet<Kind> = new Set(['exited', 'crashed', 'killed', 'flooded', 'hung', 'garbled', 'not loaded'])
/** The kinds that mean that something awaited did not happen. */
export const TIMEOUTS: ReadonlySet<Kind> = new Set(['nothing came', 'too few bytes', 'did not end', 'never connected', 'never settled'])

export type FindingData = {
  kind: Kind
  /** one sentence: what happened instead of what was to happen */
  message: string
  expected?: Uint8Array | string
  got?: Uint8Array | string
  /** on which connection of the recording */
  conn?: string
}

export class Finding extends Error {
  readonly finding: FindingData
  constructor(data: FindingData) {
    super(data.message)
    this.name = 'Finding'
    this.finding = data
  }
}
