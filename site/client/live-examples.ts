import type { End, Line } from '../live/line.ts'

type Post = (path: string, init?: RequestInit) => Promise<Response>

const ENDS: Record<Exclude<End['why'], 'exit'>, string> = {
  stop: 'stopped',
  time: 'stopped: it took longer than an example may',
  output: 'stopped: it printed more than an example may',
}

/** The run that goes on in this page: one at a time. */
let running: AbortController | undefined

/** Gives each listing of an example a button that runs it, and shows below it what it prints. */
export function addRunButtons(post: Post): void {
  for (const figure of document.querySelectorAll<HTMLElement>('figure[data-example]')) {
    const place = figure.dataset.example ?? ''
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'live-run'
    name(button, 'Run', place)
    const output = document.createElement('div')
    output.className = 'live-output'
    output.hidden = true
    ;(figure.querySelector('figcaption') ?? figure).append(button)
    figure.append(output)
    let own: AbortController | undefined
    button.addEventListener('click', async () => {
      if (own) return own.abort()
      running?.abort()
      own = running = new AbortController()
      name(button, 'Stop', place)
      const screen = clear(output, place)
      output.scrollIntoView({ block: 'nearest' })
      const ending = await run(post, place, own.signal, screen)
      name(button, 'Run', place)
      output.append(paragraph(ending))
      output.scrollIntoView({ block: 'nearest' })
      own = undefined
    })
  }
}

/** Runs an example; resolves with how it ended, in words. */
async function run(post: Post, place: string, signal: AbortSignal, screen: HTMLElement) {
  try {
    const answer = await post(`/live/examples/${place}`, { signal })
    if (!answer.ok || !answer.body) return await answer.text()
    for await (const line of linesOf(answer.body)) {
      const told: Line = JSON.parse(line)
      if (told.kind === 'end') return inWords(told)
      const text = document.createElement('span')
      text.className = told.kind
      text.textContent = told.text
      screen.append(text)
    }
    return 'The server ended before the example did.'
  } catch {
    return signal.aborted ? ENDS.stop : 'The server does not answer: is npm start still running?'
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}

function inWords({ why, code }: End): string {
  return why === 'exit' ? `ended with exit code ${code ?? 'none: it was killed'}` : ENDS[why]
}

function clear(output: HTMLElement, place: string): HTMLElement {
  const box = document.createElement('pre')
  box.className = 'code printed'
  box.tabIndex = 0
  box.setAttribute('role', 'log')
  box.setAttribute('aria-label', `What ${place} prints`)
  const screen = document.createElement('code')
  box.append(screen)
  const caption = document.createElement('p')
  caption.textContent = 'It prints, here and now'
  output.replaceChildren(caption, box)
  output.hidden = false
  return screen
}

function paragraph(text: string): HTMLElement {
  const line = document.createElement('p')
  line.setAttribute('role', 'status')
  line.textContent = text
  return line
}

function name(button: HTMLButtonElement, word: string, place: string): void {
  button.textContent = word
  button.setAttribute('aria-label', `${word} ${place.replace(/^.*\//, '')}`)
}
