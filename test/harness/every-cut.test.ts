import { expect, test } from 'vitest'
import { deaths, ProgramDied } from '../../grader/student/death.ts'
import type { Cuts } from '../../grader/wire/cuts.ts'
import { Finding } from '../../grader/wire/finding.ts'
import { Random } from '../../grader/wire/random.ts'
import { Recorder } from '../../grader/wire/recording.ts'
import { everyCut } from './every-cut.ts'

const failure = () => new Finding({ kind: 'nothing came', message: 'nothing came' })

/** Tries every cut of `length` bytes; `fails` says which must fail. */
async function run(length: number, fails: (cuts: Cuts) => boolean, error: () => Error = failure) {
  const recorder = new Recorder()
  const tried: Cuts[] = []
  recorder.add({ kind: 'call', way: 'in', conn: '', text: 'before' })
  const thrown = await everyCut(
    length,
    async (cuts) => {
      tried.push(cuts)
      recorder.add({ kind: 'note', way: 'in', conn: '', text: `tried ${cuts}` })
      if (fails(cuts)) throw error()
    },
    { recorder, random: new Random('seed', 'test') },
  ).then(
    () => undefined,
    (error: Error) => error,
  )
  const texts = recorder.events.map((event) => ('text' in event ? event.text : ''))
  return { tried, message: thrown?.message, texts }
}

test('whole, every cut in two, each byte alone, and random ones', async () => {
  const { tried, message } = await run(5, () => false)
  expect(message).toBeUndefined()
  expect(tried.slice(0, 6)).toEqual([[], [1], [2], [3], [4], [1, 2, 3, 4]])
  expect(tried.length).toBe(26)
})

test('the smallest cut that fails is told, and only its attempt is recorded', async () => {
  const { message, texts } = await run(12, (cuts) => cuts.includes(3) && cuts.includes(7))
  expect(message).toBe('nothing came (12 bytes in 3 writes, cut after byte 3, 7)')
  expect(texts).toEqual(['before', '12 bytes in 3 writes, cut after byte 3, 7', 'tried 3,7'])
})

test('what fails uncut is told as it is', async () => {
  const { message } = await run(4, () => true)
  expect(message).toBe('nothing came (4 bytes in one write)')
})

test('what only fails byte by byte is told so', async () => {
  const { message } = await run(4, (cuts) => cuts.length === 3)
  expect(message).toBe('nothing came (4 bytes, each in a write of its own)')
})

test('when the program is gone nothing is tried any more', async () => {
  const died = () => new ProgramDied(deaths.exited(1))
  const { tried, message } = await run(30, (cuts) => cuts.length > 5, died)
  expect(message).toBe(deaths.exited(1).message)
  expect(tried.filter((cuts) => cuts.length > 5).length).toBe(1)
})
