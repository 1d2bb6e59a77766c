import colors from 'yoctocolors'
import { course } from '../../course.ts'
import { readProgress } from '../progress.ts'

/** Prints the course in its order. */
export function list(): number {
  const { passed } = readProgress()
  for (const chapter of course.chapters) {
    console.log(colors.bold(`${chapter.id}  ${chapter.title}`))
    for (const { id, title } of chapter.exercises) {
      const mark = passed[id] ? colors.green('✓') : '○'
      console.log(`  ${mark} ${id.padEnd(20)} ${title}`)
    }
  }
  return 0
}
