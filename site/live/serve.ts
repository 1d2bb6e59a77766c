import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { USUAL_PORT } from '../../grader/session.ts'
import { Events } from './events.ts'
import { Examples } from './examples.ts'
import { guard, headers } from './guard.ts'
import type { Live } from './live.ts'
import { liveRoutes } from './routes.ts'
import type { Session } from './session.ts'
import { progress, watch } from './watch.ts'

const HOST = '127.0.0.1'

/**
 * Serves the lesson site for a session, on this machine only. Without a `port` it takes the usual one,
 * or any when that is taken. Rejects with the system's error when it cannot listen.
 */
export async function serve(
  session: Session,
  wanted?: number,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = http.createServer()
  const port = await listen(server, wanted)
  const token = randomBytes(32).toString('base64url')
  const live: Live = {
    token,
    passed: () => progress().passed,
    hintsSeen: (id) => progress().hints[id] ?? 0,
    verdict: (id) => session.verdicts.get(id),
    current: () => session.current,
  }
  const state = () => ({ ...progress(), current: session.current })
  const events = new Events(() => ({ token, ...state() }))
  const examples = new Examples()
  let site: Promise<Hono> | undefined
  // All that makes the pages is loaded with the first request, for not every session looks at them.
  const pages = () => {
    site ??= import('../app.ts').then(({ createSite }) =>
      createSite({ base: '/', live }).onError(inThePage),
    )
    return site
  }
  const app = new Hono()
    .use(headers)
    .use(guard(port))
    .route('/live', liveRoutes({ live, events, examples }))
    .all('*', async (c) => (await pages()).fetch(c.req.raw))
    .onError(inThePage)
  server.on('request', getRequestListener(app.fetch))
  const unwatch = watch(session, events, state)
  return {
    url: `http://${HOST}:${port}/`,
    async close() {
      unwatch()
      events.close()
      examples.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function listen(server: http.Server, wanted: number | undefined): Promise<number> {
  try {
    await once(server.listen(wanted ?? USUAL_PORT, HOST), 'listening')
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
    if (wanted !== undefined || !isTaken) throw error
    await once(server.listen(0, HOST), 'listening')
  }
  return (server.address() as AddressInfo).port
}

/** The terminal belongs to the exercises: what went wrong with a page is told in its place. */
function inThePage(error: Error): Response {
  return new Response(`This page cannot be shown.\n\n${error.stack}\n`, { status: 500 })
}
