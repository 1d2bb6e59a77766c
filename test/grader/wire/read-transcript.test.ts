/** The printed form and its reader: what one writes, the other reads, in every transcript that is kept. */
import fs from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { root } from '../../../grader/manifest.ts'
import type { Recording, WireEvent } from '../../../grader/wire/recording.ts'
import { linesOf, readTranscript, stepsOf, transcript } from '../../../grader/wire/transcript.ts'

const ends = fc.record({
  address: fc.constantFrom('127.0.0.1', '::1', '0.0.0.0', '127.255.255.255'),
  port: fc.integer({ min: 1, max: 65_535 }),
})
const names = { from: ends, to: ends }
const common = {
  at: fc.double({ min: 0, max: 100_000, noNaN: true }),
  conn: fc.constantFrom('', 'A', 'B', 'C27'),
  way: fc.constantFrom('in' as const, 'out' as const),
}
const content = fc
  .uint8Array({ maxLength: 60 })
  .chain((bytes) => fc.record({ bytes: fc.constant(bytes), length: fc.nat(300_000) }))
const event = fc.oneof(
  fc.record({ kind: fc.constantFrom('SYN' as const, 'refused' as const), ...names, ...common }),
  fc.record({ kind: fc.constantFrom('FIN' as const, 'RST' as const, 'lost' as const), ...common }),
  fc
    .record({
      kind: fc.constantFrom('data', 'datagram', 'stdin', 'stdout', 'stderr'),
      ...common,
      ...names,
    })
    .chain((fixed) => content.map((bytes) => ({ ...fixed, ...bytes }))),
  fc.record({
    kind: fc.constantFrom('call' as const, 'return' as const, 'note' as const),
    text: fc.json().map((json) => `ask(${json})`),
    ...common,
  }),
) as fc.Arbitrary<WireEvent>

test('what is printed of any recording is read back without a loss', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (recording: Recording) => {
      const steps = stepsOf(recording)
      expect(readTranscript(linesOf(steps))).toEqual(steps)
      expect(linesOf(steps)).toEqual(transcript(recording))
    }),
    { numRuns: 300 },
  )
})

test('without times, as in a lesson, it is read back too', () => {
  const lines = ['A →  SYN 127.0.0.1:40001 → 127.0.0.1:40002', '  →  a word', 'B ←  FIN']
  expect(readTranscript(lines)).toMatchObject([
    { at: '', conn: 'A', way: 'in', kind: 'SYN' },
    { at: '', conn: '', way: 'in', kind: 'note', text: 'a word' },
    { at: '', conn: 'B', way: 'out', kind: 'FIN' },
  ])
  expect(linesOf(readTranscript(lines))).toEqual(lines)
})

test('a line that is none is refused by its text', () => {
  expect(() => readTranscript(['FIN'])).toThrow('not a line of a transcript: FIN')
})

const goldens = fs.globSync('test/mistakes/*/*/golden/*.txt', { cwd: root }).sort()

test(`every transcript of the ${goldens.length} files of recorded feedback is read without a loss`, () => {
  let count = 0
  for (const golden of goldens) {
    for (const lines of transcriptsIn(fs.readFileSync(path.join(root, golden), 'utf8'))) {
      expect(linesOf(readTranscript(lines)).join('\n'), golden).toBe(lines.join('\n'))
      count += 1
    }
  }
  expect(count).toBeGreaterThan(goldens.length)
})

/** The lines after `  wire      ` up to the next label or failure, without what sets them in. */
function transcriptsIn(feedback: string): string[][] {
  const blocks = feedback.matchAll(/^ {2}wire {6}.*?(?=\n {2}(?:cause|read) {5}|\n\n?✗|\n$)/gms)
  return [...blocks].map(([block]) =>
    block.split('\n').map((line) => line.replace(/^( {2}wire {6}| {12})/, '')),
  )
}
