import { html, raw } from 'hono/html'
import { findExercise } from '../../grader/manifest.ts'
import { galleryIds, galleryIndex, galleryPage } from '../gallery/pages.ts'
import { page, type Site } from './layout.ts'

/** The gallery's first page. */
export function galleryIndexPage(site: Site) {
  const { title, html: body, headings } = galleryIndex(site.base)
  return page(site, {
    title,
    about: 'The mistakes that socket programs make, and what gave each away on the wire.',
    main: html`<div data-gallery>${raw(body)}</div>`,
    headings,
    here: 'gallery/',
  })
}

/** All mistakes of one exercise, or undefined when it has no page. */
export async function galleryExercisePage(site: Site, id: string) {
  const exercise = findExercise(id)
  if (!exercise || !galleryIds().includes(id)) return undefined
  const { title, html: body, headings } = await galleryPage(id, site.base)
  return page(site, {
    title,
    above: `Mistakes in “${exercise.title}”`,
    about: `Wrong programs for the exercise ${exercise.title}, and what gave each away.`,
    main: html`<div data-gallery>${raw(body)}</div>`,
    headings,
    chapter: exercise.chapter.id,
    previous: { href: `${site.base}exercises/${id}/`, title: exercise.title },
  })
}
