import path from 'node:path'
import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import { ssgParams } from 'hono/ssg'
import { exercises } from '../grader/manifest.ts'
import { asset, assetNames, types } from './assets.ts'
import { examples } from './content/examples.ts'
import { texts, writtenChapters } from './content/lesson.ts'
import { searchIndex } from './content/search-index.ts'
import { galleryIds, hasGallery } from './gallery/pages.ts'
import type { Live } from './live/live.ts'
import { examplePage } from './pages/example.ts'
import { exercisePageHtml } from './pages/exercise.ts'
import { galleryExercisePage, galleryIndexPage } from './pages/gallery.ts'
import { homePage } from './pages/home.ts'
import type { Site } from './pages/layout.ts'
import { lessonPage } from './pages/lesson.ts'
import { notFoundPage } from './pages/not-found.ts'
import { textPageHtml } from './pages/text.ts'

/**
 * Every page and asset of the site. Addresses begin at `/` here; `base` is where links lead, and so where
 * an export has to be served. With `live`, pages show what `npm start` knows.
 */
export function createSite({ base, live }: { base: string; live?: Live }): Hono {
  const site: Site = { base, live }
  const app = new Hono().use(compress())
  /** A page, or what a missing one gives. */
  const send = async (c: Context, page: unknown) => {
    const text = await page
    if (text === undefined) return c.notFound()
    return c.html(`${text}`)
  }
  // ssgParams tells the export which pages there are; a live server passes it by.
  const all = (name: string, values: () => readonly string[]) =>
    ssgParams(() => values().map((value) => ({ [name]: value })))

  app.get('/', (c) => send(c, homePage(site)))
  if (hasGallery) {
    app.get('/gallery/', (c) => send(c, galleryIndexPage(site)))
    app.get('/gallery/:id/', all('id', galleryIds), (c) =>
      send(c, galleryExercisePage(site, c.req.param('id'))),
    )
  }
  app.get(
    '/exercises/:id/',
    all('id', () => exercises.map(({ id }) => id)),
    (c) => send(c, exercisePageHtml(site, c.req.param('id'))),
  )
  app.get(
    '/lessons/:id/',
    all('id', () => writtenChapters().map(({ id }) => id)),
    (c) => send(c, lessonPage(site, c.req.param('id'))),
  )
  const parts = () => examples().map(({ id }) => id.split('/'))
  app.get(
    '/lessons/:first/:second/:third/',
    ssgParams(() =>
      parts().map(([first = '', second = '', third = '']) => ({ first, second, third })),
    ),
    (c) => {
      const { first, second, third } = c.req.param()
      return send(c, examplePage(site, `${first}/${second}/${third}`))
    },
  )
  app.get('/search.json', (c) => c.body(searchIndex(), 200, { 'Content-Type': 'application/json' }))
  app.get(
    '/assets/:name',
    all('name', () => assetNames),
    async (c) => {
      const name = c.req.param('name')
      const text = await asset(name)
      if (text === undefined) return c.notFound()
      return c.body(text, 200, { 'Content-Type': types[path.extname(name)] ?? 'text/plain' })
    },
  )
  for (const id of texts) app.get(`/${id}/`, (c) => send(c, textPageHtml(site, id)))
  app.get('/404.html', (c) => send(c, notFoundPage(site)))
  app.notFound(async (c) => c.html(`${await notFoundPage(site)}`, 404))
  return app
}
