import { InvalidArgumentError } from 'commander'
import { type ExerciseInfo, exercises, findExercise } from '../manifest.ts'

/*
 * What the arguments of the command may be; commander tells the sentence that is thrown, and the verb's help.
 */

/** An exercise that exists, by its id. */
export function one(id: string): ExerciseInfo {
  const exercise = findExercise(id)
  if (exercise) return exercise
  throw new InvalidArgumentError(
    `There is no exercise “${id}”. They are: ${exercises.map((e) => e.id).join(', ')}.`,
  )
}

export function collect(id: string, before: ExerciseInfo[] = []): ExerciseInfo[] {
  return [...before, one(id)]
}

export function oneOf(...allowed: string[]) {
  return (value: string) => {
    if (allowed.includes(value)) return value
    throw new InvalidArgumentError(`It is one of: ${allowed.join(', ')}.`)
  }
}

export function positive(value: string): number {
  if (/^[1-9]\d{0,2}$/.test(value)) return Number(value)
  throw new InvalidArgumentError('It is a whole number from 1 to 999.')
}

export function port(value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value)
  throw new InvalidArgumentError('It is a whole number from 0 (any free port) to 65535.')
}

export function percent(value: string): number {
  if (/^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= 100) return Number(value)
  throw new InvalidArgumentError('It is a whole number from 1 to 100.')
}
