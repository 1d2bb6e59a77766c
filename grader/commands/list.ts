import { readProgress } from '../progress.ts'
import { courseMap } from '../report/map.ts'

/** Prints the course in its order. */
export function list(): number {
  console.log(courseMap(readProgress().passed))
  return 0
}
