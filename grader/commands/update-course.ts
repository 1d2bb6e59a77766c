import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import colors from 'yoctocolors'
import { BadCall } from '../exit.ts'
import { isHandout, readRecord } from '../handout/record.ts'
import { root } from '../manifest.ts'
import { applyUpdate } from '../update/apply.ts'
import { arePackagesNew, news } from '../update/news.ts'
import { planUpdate, type Step } from '../update/plan.ts'
import { openSource } from '../update/source.ts'

/** Brings this folder up to a newer handout; tells what is new, and what becomes of the student's files. */
export async function updateCourse(
  from: string,
  { dryRun }: { dryRun?: boolean },
): Promise<number> {
  if (!isHandout(root)) {
    throw new BadCall(
      `${root} is no handout (it has no handout.json); a copy of the course itself is brought up to date with git pull, or replaced by a newer copy into which you put your exercises/ and .course/`,
    )
  }
  const own = readRecord(root)
  const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'course-update-'))
  try {
    const source = await openSource(from, own, workspace)
    const steps = planUpdate(root, own, source)
    const fresh = news(root, source.folder)
    if (!steps.some(isWork)) {
      console.log(`There is nothing to do: this folder is version ${own.version}, as ${from} is.`)
      return 0
    }
    const versions = [...new Set([own.version, source.record.version])].join(' → ')
    console.log(`${colors.bold(own.course)} ${versions}\n`)
    if (fresh.length > 0)
      console.log(`what is new\n${fresh.map((line) => `  - ${line}`).join('\n')}\n`)
    console.log(stepsText(steps))
    const install = arePackagesNew(root, source.folder) ? 'npm ci && ' : ''
    if (dryRun) {
      console.log('This was a dry run: nothing was changed.')
      console.log(`next      npm run update-course -- ${from}`)
      return 0
    }
    applyUpdate(steps, source)
    console.log(`next      ${install}npm start`)
    return 0
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException
    if (!syscall) throw error
    throw new BadCall(`a file cannot be read, and nothing was changed: ${message}`)
  } finally {
    fs.rmSync(workspace, { recursive: true, force: true })
  }
}

const isWork = ({ kind }: Step) => kind !== 'keep' && kind !== 'leave'

/** What becomes of each file that is the student's business, and how many of the others there are. */
function stepsText(steps: readonly Step[]): string {
  const lines = steps.flatMap(told)
  const count = (...kinds: Step['kind'][]) =>
    steps.filter(({ kind, file }) => kinds.includes(kind) && !isExercise(file)).length
  const changed = count('replace', 'set aside')
  lines.push(
    `course    lessons, tests, grader, site: ${count('add')} files new, ${changed} changed, ${count('remove')} gone`,
    '          all else that you wrote stays as it is',
  )
  return `${lines.join('\n')}\n`
}

function told({ kind, file, beside }: Step): string[] {
  const line = (label: string, why?: string) => [
    `${label.padEnd(10)}${file}`,
    ...(why ? [`          ${why}`] : []),
  ]
  if (beside) {
    return line('yours', `it stays; its new beginning lies beside it, ${path.basename(beside)}`)
  }
  if (kind === 'leave')
    return line('yours', 'it stays, though the course does not have it any more')
  if (kind === 'set aside') return line('replaced', 'what you had is kept in .course/backups')
  if (!isExercise(file)) return []
  if (kind === 'add') return line('new')
  if (kind === 'replace') return line('changed', 'you had not touched it')
  if (kind === 'remove') return line('gone', 'you had not touched it')
  return []
}

function isExercise(file: string): boolean {
  return file.startsWith('exercises/')
}
