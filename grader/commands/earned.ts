import fs from 'node:fs'
import { confirm, isCancel } from '@clack/prompts'
import { BadCall } from '../exit.ts'
import type { ExerciseInfo } from '../manifest.ts'
import { readProgress } from '../progress.ts'

/**
 * Whether the solution of an exercise is to be shown: when the exercise has been passed, or when the
 * person asks for it a second time. Throws a BadCall where there is no solution, or nobody to ask.
 */
export async function maySeeSolution({ id, solution }: ExerciseInfo): Promise<boolean> {
  if (!fs.existsSync(solution)) {
    throw new BadCall(
      `this copy of the course holds no solutions; ask whoever gave it to you for that of ${id}`,
    )
  }
  if (readProgress().passed[id]) return true
  if (!process.stdin.isTTY) {
    throw new BadCall(
      `you have not passed ${id} yet; in a terminal the command asks whether you want to see its solution all the same`,
    )
  }
  const answer = await confirm({
    message: `You have not passed ${id} yet, and what you find yourself stays with you. See the solution all the same?`,
    initialValue: false,
  })
  if (answer === true && !isCancel(answer)) return true
  console.log(`next      npm run hint -- ${id}`)
  return false
}
