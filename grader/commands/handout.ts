import path from 'node:path'
import { makeHandout } from '../handout/make.ts'

/** Makes the students' repository in a folder that is not there yet, or is empty. */
export async function handout(folder: string): Promise<number> {
  const { files, bytes } = await makeHandout(path.resolve(folder))
  console.log(`wrote     ${folder}: ${files} files, ${(bytes / 1e6).toFixed(1)} MB`)
  console.log(`          its hidden tests are sealed, and no solution or mistake is in it`)
  console.log(`next      cd ${folder} && npm ci && npm start -- --once`)
  return 0
}
