import { exercises } from '../manifest.ts'
import { keyRow, obey } from './start-actions.ts'
import { askedToEnd, keysPressed } from './start-keys.ts'
import { farewell, headText } from './start-pages.ts'
import { Screen } from './start-screen.ts'
import { Session } from './start-session.ts'
import { Site } from './start-site.ts'
import { leaveFolder, troubles } from './start-troubles.ts'
import { Lines, type View } from './start-view.ts'
import { watchSaves } from './start-watch.ts'

type Options = { once?: boolean; plain?: boolean; site: boolean; port?: number }

/**
 * The student's loop: shows the next exercise, grades what is saved, and serves the lesson site beside
 * it. A save during a run stops that run and begins anew. Ends at `q`, at the end of the course's
 * patience (Ctrl-C), or with `--once`.
 */
export async function start(options: Options): Promise<number> {
  const isScreen = hasScreen() && !options.plain && !options.once
  const drawn = ({ place }: Session): View =>
    isScreen ? new Screen({ head: () => headText(place()), keys: keyRow }) : new Lines()
  let site: Site | undefined
  const session = new Session(drawn, (message) => site?.tell(message))
  const over = new AbortController()
  const asked = askedToEnd(over.signal)
  const saves = options.once ? undefined : watchSaves(exercises, (one) => session.saved(one))
  try {
    const found = options.once ? [] : troubles(session.current)
    session.show(session.current)
    if (options.once) await session.gradeOnce()
    else {
      session.warm()
      for (const trouble of found) session.view.warn(trouble)
      if (options.site) site = siteOf(session, options.port)
      if (!isScreen && process.stdin.isTTY) session.view.note(`keys      ${keyRow()}`)
      const keys = keysPressed(over.signal)
      await Promise.race([asked, obey(session, keys), session.failed])
    }
    return 0
  } finally {
    over.abort()
    saves?.close()
    await Promise.all([session.close(), site?.close()])
    if (isScreen) console.log(farewell(session.place()))
    leaveFolder()
  }
}

function siteOf(session: Session, port: number | undefined): Site {
  return new Site(
    { current: session.current.id, port },
    {
      at: (url, isElsewhere) => session.siteIsAt(url, isElsewhere),
      failed: (sentence) => session.view.warn(sentence),
    },
  )
}

/** A terminal at both ends, and one that can move its cursor. */
function hasScreen(): boolean {
  return process.stdout.isTTY && process.stdin.isTTY && process.env.TERM !== 'dumb'
}
