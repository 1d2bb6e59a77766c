/** The recorded session in the README: how it is paced, and that its picture is made from its recording. */
import fs from 'node:fs'
import { expect, test } from 'vitest'
import { type CastEvent, castFile, paced } from './demo/cast.ts'
import { svgOf } from './demo/svg.ts'

const file = (name: string) => fs.readFileSync(new URL(`demo/${name}`, import.meta.url), 'utf8')

test('long pauses are cut, and what is told is given the time to be read', () => {
  const events: CastEvent[] = [
    [0.1, 'o', 'a'],
    [9.1, 'o', 'b'],
    [9.2, 'm', 'two words'],
    [9.3, 'o', 'c'],
  ]
  const shown = paced({ width: 80, height: 24, title: '', events }).events.map(([at]) => at)
  expect(shown).toEqual([0.1, 0.9, 1, 3.7])
})

test('the picture is what the recording shows, small, without scripts, in both themes', async () => {
  const [head, ...events] = file('session.cast')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const cast = { width: head.width, height: head.height, title: head.title, events }
  expect(castFile(cast)).toBe(file('session.cast'))
  const svg = file('session.svg')
  expect(await svgOf(cast, 'Saved: ')).toBe(svg)
  expect(svg.length).toBeLessThan(300_000)
  expect(svg).not.toMatch(/<script|href="[^#]/)
  expect(svg).toContain('prefers-color-scheme:dark')
  expect(svg).toContain('prefers-reduced-motion')
  for (const words of [
    'Welcome. Five steps',
    'resolves though the server',
    'hint 1 of',
    'is passed',
  ])
    expect(svg).toContain(words)
})
