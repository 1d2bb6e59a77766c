import type { html } from 'hono/html'
import { type Cuts, cut, everyTwoWaySplit } from '../../grader/wire/cuts.ts'

/** A stream of messages, and decoders that try to find them in its chunks. */
export type Experiment = {
  id: string
  title: string
  /** what goes over the wire */
  about: ReturnType<typeof html>
  parts: readonly Part[]
  /** what has to come out, in order */
  due: readonly string[]
  chunksAs: 'text' | 'hex'
  /** what comes out is a text in pieces: its characters count, not its pieces */
  isText: boolean
  /** the cuts to begin with */
  cuts: Cuts
  decoders: readonly Decoder[]
}

/** Some bytes of the stream: of a message, or what tells where it ends. */
export type Part = { bytes: Uint8Array; message: number; isMark: boolean }

export type Decoder = {
  name: string
  isRight: boolean
  /** what it does right or wrong, in one sentence */
  why: string
  start(): Reading
}

/** A decoder at work on one stream. */
export type Reading = { read(chunk: Uint8Array): readonly string[]; kept(): Kept }
export type Kept = string | Uint8Array | undefined

/** What one chunk did to a decoder. One that has thrown is dead, and gets no further chunk. */
export type Step = { messages: readonly string[]; kept: Kept; threw?: string }

/**
 * How a run stands: `going` while nothing is wrong yet and chunks are still to come. `wrongAt` is the
 * first place of what came out, or should have, that is not as due; -1 when there is none.
 */
export type Outcome = {
  verdict: 'right' | 'wrong' | 'going'
  out: readonly string[]
  wrongAt: number
  threw?: string
}

/** The whole stream of an experiment. */
export function streamOf({ parts }: Pick<Experiment, 'parts'>): Uint8Array {
  return Uint8Array.from(parts.flatMap(({ bytes }) => [...bytes]))
}

/** Each byte with what it is part of; `isFirst` where a message begins, with its mark if that is first. */
export function bytesOf({ parts }: Experiment) {
  let last = -1
  return parts.flatMap(({ bytes, message, isMark }) =>
    [...bytes].map((byte) => {
      const isFirst = message !== last
      last = message
      return { byte, message, isMark, isFirst }
    }),
  )
}

/** Gives a fresh decoder one chunk after another. */
export function run(decoder: Decoder, chunks: readonly Uint8Array[]): Step[] {
  const { read, kept } = decoder.start()
  const steps: Step[] = []
  for (const chunk of chunks) {
    try {
      const messages = read(chunk)
      steps.push({ messages, kept: kept() })
    } catch (error) {
      const threw = String((error as { code?: string }).code ?? error)
      steps.push({ messages: [], kept: undefined, threw })
      break
    }
  }
  return steps
}

/** Compares what came out with what is due; `isWhole` says that no chunk is still to come. */
export function judge(experiment: Experiment, steps: readonly Step[], isWhole: boolean): Outcome {
  const { due, isText } = experiment
  const pieces = steps.flatMap(({ messages }) => messages)
  const out = isText ? [...pieces.join('')] : pieces
  const threw = steps.at(-1)?.threw
  let wrongAt = out.findIndex((message, i) => message !== due[i])
  if (wrongAt === -1 && out.length < due.length && (isWhole || threw !== undefined)) {
    wrongAt = out.length
  }
  if (wrongAt !== -1) return { verdict: 'wrong', out, wrongAt, threw }
  return { verdict: isWhole ? 'right' : 'going', out, wrongAt, threw }
}

/** For each place where one cut is possible, whether the decoder is right there. */
export function everyPlace(experiment: Experiment, decoder: Decoder): boolean[] {
  const stream = streamOf(experiment)
  return everyTwoWaySplit(stream.length).map((cuts) => {
    const steps = run(decoder, cut(stream, cuts))
    return judge(experiment, steps, true).verdict === 'right'
  })
}
