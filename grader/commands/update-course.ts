import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import colors from 'yoctocolors'
import { BadCall } from '../exit.ts'
import { isHandout, readRecord } from '../handout/record.ts'
import { root } from '../manifest.ts'
import { applyUpdate, backupFolder } from '../update/apply.ts'
import { arePackagesNew, news } from '../update/news.ts'
import { besideName, planUpdate, type Step } from '../update/plan.ts'
import { openSource, type Source } from '../update/source.ts'

/** Brings this folder up to a newer handout; tells what is new, and what becomes of the student's files. */
export function updateCourse(from: string, { dryRun }: { dryRun?: boolean }): number {
  if (!isHandout(root)) {
    throw new BadCall(
      `${root} is no handout (it has no handout.json); a copy of the course itself is brought up to date with git pull`,
    )
  }
  const own = readRecord(root)
  const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'course-update-'))
  try {
    const source = openSource(from, own, workspace)
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
    console.log(stepsText(steps, source))
    const install = arePackagesNew(root, source.folder) ? 'npm ci && ' : ''
    if (dryRun) {
      console.log('This was a dry run: nothing was changed.')
      console.log(`next      npm run update-course -- ${from}`)
      return 0
    }
    applyUpdate(steps, source)
    console.log(`next      ${install}npm start`)
    return 0
  } finally {
    fs.rmSync(workspace, { recursive: true, force: true })
  }
}

const isWork = ({ kind }: Step) => kind !== 'keep' && kind !== 'leave'

/** What becomes of each file that is the student's business, and how many of the others there are. */
function stepsText(steps: readonly Step[], source: Source): string {
  const lines = steps.flatMap((step) => {
    const text = told(step, source)
    return text ? [text] : []
  })
  const count = (...kinds: Step['kind'][]) =>
    steps.filter(({ kind, file }) => kinds.includes(kind) && !isExercise(file)).length
  const others = [
    `${count('add')} new`,
    `${count('replace', 'set aside')} changed`,
    `${count('remove')} gone`,
  ]
  lines.push(`course    files of lessons, tests, grader and site: ${others.join(', ')}`)
  lines.push('          all else that you wrote stays as it is')
  return `${lines.join('\n')}\n`
}

function told({ kind, file }: Step, source: Source): string | undefined {
  if (kind === 'beside') {
    return `yours     ${file} stays; what it began from has changed, the new one is ${path.posix.basename(besideName(file, source))} beside it`
  }
  if (kind === 'set aside')
    return `replaced  ${file}; what you had there is in ${backupFolder(source)}`
  if (kind === 'leave') return `yours     ${file} stays; the course does not have it any more`
  if (!isExercise(file)) return undefined
  if (kind === 'add') return `new       ${file}`
  if (kind === 'replace') return `changed   ${file}, which you had not touched`
  if (kind === 'remove') return `gone      ${file}, which you had not touched`
  return undefined
}

function isExercise(file: string): boolean {
  return file.startsWith('exercises/')
}
