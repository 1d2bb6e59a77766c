import colors from 'yoctocolors'
import { course } from '../../course.ts'
import type { Progress } from '../progress.ts'

type Passed = Progress['passed']

const mark = (isPassed: boolean) => (isPassed ? colors.green('✓') : '○')

/** The course in its order, an exercise a line. */
export function courseMap(passed: Passed, current?: string): string {
  return course.chapters
    .flatMap(({ id, title, exercises }) => [
      colors.bold(`${id}  ${title}`),
      ...exercises.map(({ id, title }) => {
        const name = id.padEnd(22)
        return `${id === current ? '▸' : ' '} ${mark(id in passed)} ${id === current ? colors.bold(name) : name}${title}`
      }),
    ])
    .join('\n')
}

/** The course in one line: a mark for each exercise behind the number of its chapter. */
export function mapLine(passed: Passed, current: string): string {
  return course.chapters
    .map(({ id: chapter, exercises }) => {
      const marks = exercises.map(({ id }) => {
        if (id !== current) return mark(id in passed)
        return id in passed ? colors.inverse(colors.green('✓')) : colors.inverse('▸')
      })
      return `${colors.dim(chapter.slice(0, 2))} ${marks.join('')}`
    })
    .join('  ')
}
