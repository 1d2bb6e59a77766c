import { html, raw } from 'hono/html'
import { type TextId, textPage, texts } from '../content/lesson.ts'
import type { Article } from '../content/markdown.ts'
import { page, type Site } from './layout.ts'

const about: Record<TextId, string> = {
  'python-to-node': 'Every call of Python’s socket module, and what one writes on Node.',
  glossary: 'The words of the course, in English and Chinese.',
}

/** A text that belongs to no chapter. While it is not written, its page says so. */
export function textPageHtml(site: Site, id: string) {
  if (!isText(id)) return undefined
  const missing: Article = {
    title: id,
    html: '<p>Not written yet.</p>',
    headings: [],
    sections: [],
  }
  const { title, html: body, headings } = textPage(id, site.base) ?? missing
  return page(site, {
    title,
    about: about[id],
    main: html`<div class="prose ${id}">${raw(body)}</div>`,
    headings: headings.filter(({ level }) => level === 2),
    here: `${id}/`,
  })
}

const isText = (id: string): id is TextId => texts.some((one) => one === id)
