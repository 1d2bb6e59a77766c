/**
 * What happens in a page only while `npm start` serves it. The marks that it looks for in the HTML are
 * told in site/live/live.ts.
 */
import { addRunButtons } from './live-examples.ts'

type State = { passed: Record<string, string>; hints: Record<string, number>; current: string }
type Graded = { id: string; title: string; status: string; score: number; max: number }

/** How long after a connection that the browser gave up another one is tried, in milliseconds. */
const AGAIN_MS = 2_000

const meta = document.querySelector<HTMLMetaElement>('meta[name="live-token"]')
const verdict = document.querySelector<HTMLElement>('#verdict[data-exercise]')
const own = verdict?.dataset.exercise
const hints = document.querySelector<HTMLElement>('[data-hints]')
let seen = 0
/** How long a verdict stands at the edge of the window, in milliseconds. */
const SHOWN_MS = 15_000
/** the verdict that was fetched last: what did not change stays as the reader unfolded it */
let fetched = ''
/** the timer after which the line at the edge of the window goes */
let hiding = 0

if (meta) {
  const status = addStatus()
  addRunButtons(post)
  countHints()
  listen(status)
}

function post(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(path, { ...init, method: 'POST', headers: { 'x-live-token': meta?.content ?? '' } })
}

/** Listens while the page is shown: a browser has six connections for all its tabs together. */
function listen(status: HTMLElement): void {
  let source: EventSource | undefined
  let timer = 0
  const on = <T>(name: string, act: (data: T) => void) =>
    source?.addEventListener(name, ({ data }) => act(JSON.parse(data)))
  const open = () => {
    clearTimeout(timer)
    source = new EventSource('/live/events')
    on<State & { token: string }>('hello', ({ token, ...state }) => {
      if (meta) meta.content = token
      document.documentElement.dataset.live = 'on'
      show(state)
      // The page may be older than what it is told here.
      void refresh()
    })
    on<State>('progress', show)
    on<Graded>('saved', ({ id }) => id === own && say(status, 'Saved.'))
    on<Graded>('grading', ({ id }) => id === own && grading(status))
    on<Graded>('verdict', (graded) => void judged(status, graded))
    source.addEventListener('error', () => {
      document.documentElement.dataset.live = 'off'
      if (source?.readyState === EventSource.CLOSED) timer = window.setTimeout(open, AGAIN_MS)
    })
  }
  const close = () => {
    clearTimeout(timer)
    source?.close()
  }
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()))
  window.addEventListener('pagehide', close)
  window.addEventListener('pageshow', ({ persisted }) => persisted && open())
  if (!document.hidden) open()
}

/** Marks what is passed wherever exercises are listed, and opens the hints that were shown. */
function show({ passed, hints: shown, current }: State): void {
  for (const entry of document.querySelectorAll<HTMLElement>('[data-exercise]:not(#verdict)')) {
    const id = entry.dataset.exercise ?? ''
    entry.toggleAttribute('data-passed', id in passed)
    entry.toggleAttribute('data-current', id === current)
  }
  for (const count of document.querySelectorAll('[data-progress-count]'))
    count.textContent = String(Object.keys(passed).length)
  const count = hints && shown[hints.dataset.hints ?? '']
  if (!count) return
  seen = Math.max(seen, count)
  for (const hint of hints.querySelectorAll<HTMLDetailsElement>('details[data-hint]'))
    if (Number(hint.dataset.hint) <= count) hint.open = true
}

/** A hint that is opened counts as shown, as the one that `npm run hint` prints does. */
function countHints(): void {
  const opened = hints?.querySelectorAll<HTMLDetailsElement>('details[data-hint][open]') ?? []
  seen = opened.length
  hints?.addEventListener(
    'toggle',
    ({ target }) => {
      if (!(target instanceof HTMLDetailsElement) || !target.open) return
      const number = Number(target.dataset.hint)
      if (!(number > seen)) return
      seen = number
      post(`/live/hints/${hints.dataset.hints}/${number}`).catch(() => {})
    },
    // This event does not bubble.
    true,
  )
}

function grading(status: HTMLElement): void {
  verdict?.setAttribute('aria-busy', 'true')
  say(status, 'Saved, grading …')
}

async function judged(status: HTMLElement, graded: Graded): Promise<void> {
  const { id, title, score, max } = graded
  const points = graded.status === 'missing' ? 'nothing to grade yet' : `${score} of ${max} points`
  const text = graded.status === 'error' ? 'the grader failed' : points
  if (id === own) await refresh()
  const link = document.createElement('a')
  link.href = id === own ? '#verdict' : `/exercises/${id}/`
  link.textContent = title
  say(status, link, `: ${text}`)
  status.dataset.status = graded.status
  hiding = window.setTimeout(() => status.replaceChildren(), SHOWN_MS)
}

/** Puts the last verdict in the place of the one that is shown. */
async function refresh(): Promise<void> {
  if (!verdict) return
  const answer = await fetch(`/live/verdict/${own}`).catch(() => undefined)
  if (!answer?.ok) return
  const html = await answer.text()
  verdict.removeAttribute('aria-busy')
  if (html === fetched) return
  fetched = html
  const hadFocus = verdict.contains(document.activeElement)
  verdict.innerHTML = html
  if (!hadFocus) return
  // What had the focus is gone: reading goes on where it was.
  verdict.tabIndex = -1
  verdict.focus({ preventScroll: true })
}

/** One line at the edge of the window that is read out when it changes; while it is empty, nobody sees it. */
function addStatus(): HTMLElement {
  const status = document.createElement('p')
  status.className = 'live-status'
  status.setAttribute('role', 'status')
  document.body.append(status)
  return status
}

function say(status: HTMLElement, ...parts: (Node | string)[]): void {
  clearTimeout(hiding)
  delete status.dataset.status
  status.replaceChildren(...parts)
}
