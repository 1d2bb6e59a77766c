import { html, raw } from 'hono/html'
import { course } from '../../course.ts'
import { about } from '../content/course-map.ts'
import { lesson, writtenChapters } from '../content/lesson.ts'
import { page, type Site } from './layout.ts'

/** The page of a chapter's lesson, or undefined when there is none. */
export function lessonPage(site: Site, id: string) {
  const { base } = site
  const found = lesson(id, base)
  if (!found) return undefined
  const { chapter, article } = found
  const chapters = writtenChapters()
  const at = chapters.indexOf(chapter)
  const linkTo = (i: number) => {
    const other = chapters[i]
    return other && { href: `${base}lessons/${other.id}/`, title: other.title }
  }
  return page(site, {
    title: article.title,
    above: `Chapter ${id.slice(0, 2)} of ${course.chapters.length}`,
    about: about[id] ?? chapter.title,
    main: html`<div class="prose">${raw(article.html)}</div>`,
    headings: article.headings,
    chapter: id,
    here: `lessons/${id}/`,
    previous: at > 0 ? linkTo(at - 1) : undefined,
    next: linkTo(at + 1),
  })
}
