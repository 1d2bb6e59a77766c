import { BadCall } from '../exit.ts'
import { courseMap } from '../report/map.ts'
import { nextHint } from './hint.ts'
import { resetFiles } from './reset.ts'
import { helpPage } from './start-pages.ts'
import type { Session } from './start-session.ts'

type Action = {
  keys: readonly string[]
  /** what stands beside the key in the row of keys; those without a label are in the help alone */
  label?: string
  help: string
  act(session: Session, nextKey: () => Promise<string>): void | Promise<void>
}

const ACTIONS: readonly Action[] = [
  { keys: ['t'], label: 'task', help: 'the task', act: (session) => session.showTask() },
  { keys: ['v'], label: 'verdict', help: 'the last verdict', act: (s) => s.showVerdict() },
  {
    keys: ['f'],
    help: 'the next failure of the verdict in full',
    act: (session) => session.showVerdict(1),
  },
  {
    keys: ['h'],
    label: 'hint',
    help: 'a hint, one more each time',
    act: ({ view, current }) => view.page(nextHint(current), 'end'),
  },
  {
    keys: ['n'],
    label: 'next',
    help: 'the next exercise that is not passed',
    act: (session) => session.show(session.next),
  },
  {
    keys: ['m', 'l'],
    label: 'map',
    help: 'all exercises, and which are passed',
    act: ({ view, place, current }) => view.page(courseMap(place().passed, current.id)),
  },
  { keys: ['g', 'return'], label: 'grade', help: 'grade again', act: (s) => s.grade() },
  { keys: ['r'], label: 'reset', help: 'put the exercise back to its beginning', act: reset },
  {
    keys: ['?'],
    label: 'help',
    help: 'this page',
    act: ({ view, place }) => view.page(helpPage(place(), helpOf(view.isScreen))),
  },
]

const QUIT = ['q', 'ctrl-c', 'ctrl-d']

/** The row of keys; no-break spaces keep each with its word. */
export function keyRow(): string {
  const labels = ACTIONS.flatMap(({ keys, label }) => (label ? `${keys[0]}\u00a0${label}` : []))
  return [...labels, 'q\u00a0quit'].join('  ')
}

function helpOf(isScreen: boolean): [string, string][] {
  const all = ACTIONS.map(({ keys, help }): [string, string] => [nameOf(keys), help])
  const scroll: [string, string] = ['↑ ↓ space b', 'a line or a page down or up']
  return [...all, ...(isScreen ? [scroll] : []), ['q', 'quit; Ctrl-C does so too']]
}

function nameOf(keys: readonly string[]): string {
  return keys.map((key) => (key === 'return' ? 'Enter' : key)).join(' or ')
}

/** Does what each key asks for, until one of them ends the session or there are no more. */
export async function obey(session: Session, keys: AsyncGenerator<string>): Promise<void> {
  const nextKey = async (): Promise<string> => (await keys.next()).value ?? ''
  for await (const key of keys) {
    if (QUIT.includes(key)) return
    const action = ACTIONS.find((one) => one.keys.includes(key))
    if (session.view.takesKey(key)) continue
    if (!action) session.view.note(`There is no key ${key}; ? shows the keys.`)
    else await attempt(session, () => action.act(session, nextKey))
  }
}

/** What cannot be done is said in a line; the session goes on. */
async function attempt({ view }: Session, work: () => void | Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof BadCall)) throw error
    view.note(error.message)
  }
}

async function reset({ view, current }: Session, nextKey: () => Promise<string>): Promise<void> {
  view.note(
    `Put ${current.id} back to its beginning? Your file is kept in .course/backups.  y yes, any other key no`,
  )
  view.note((await nextKey()) === 'y' ? resetFiles(current) : 'Nothing was changed.')
}
