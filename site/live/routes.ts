import { type Context, Hono } from 'hono'
import { stream } from 'hono/streaming'
import { findExercise } from '../../grader/manifest.ts'
import { updateProgress } from '../../grader/progress.ts'
import { hints } from '../../grader/task.ts'
import type { Events } from './events.ts'
import { type Examples, findExample } from './examples.ts'
import { bearing } from './guard.ts'
import type { Live } from './live.ts'
import { verdictHtml } from './verdict.ts'

/** What pages ask for while they are open, below /live. Whatever changes or starts something is a POST. */
export function liveRoutes(parts: { live: Live; events: Events; examples: Examples }): Hono {
  const { live, events, examples } = parts
  const app = new Hono()
  app.use(async (c, next) => {
    await next()
    if (!c.res.headers.has('cache-control')) c.header('Cache-Control', 'no-store')
  })
  app.get('/events', (c) => events.listen(c))
  app.get('/verdict/:id', async (c) => {
    const exercise = findExercise(c.req.param('id'))
    if (!exercise) return unknown(c)
    return c.html(verdictHtml(exercise, live.verdict(exercise.id)))
  })
  app.post('/hints/:id/:count', bearing(live.token), (c) => {
    const exercise = findExercise(c.req.param('id'))
    const count = Number(c.req.param('count'))
    if (!exercise || !(count >= 1 && count <= hints(exercise).length)) return unknown(c)
    updateProgress(({ hints }) => {
      hints[exercise.id] = Math.max(hints[exercise.id] ?? 0, Math.floor(count))
    })
    return c.body(null, 204)
  })
  app.post('/examples/:chapter/:name', bearing(live.token), (c) => {
    const file = findExample(`${c.req.param('chapter')}/${c.req.param('name')}`)
    if (!file) return unknown(c)
    if (examples.areTooMany) return c.text('Other examples still run: stop one of them.\n', 429)
    c.header('Content-Type', 'application/x-ndjson; charset=utf-8')
    return stream(c, async (page) => {
      const left = new AbortController()
      page.onAbort(() => left.abort())
      await examples.run(file, left.signal, (line) => void page.writeln(JSON.stringify(line)))
    })
  })
  app.all('/hints/*', postOnly).all('/examples/*', postOnly)
  return app.all('*', unknown)
}

function unknown(c: Context): Response {
  return c.text('There is no such thing in this course.\n', 404)
}

function postOnly(c: Context): Response {
  return c.req.method === 'POST'
    ? unknown(c)
    : c.text('This takes a POST.\n', 405, { Allow: 'POST' })
}
