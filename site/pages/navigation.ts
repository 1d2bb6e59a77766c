import { html } from 'hono/html'
import { course } from '../../course.ts'
import { exercisesOf, lesson } from '../content/lesson.ts'
import { hasGallery } from '../gallery/pages.ts'
import type { Page, Site } from './layout.ts'

/** The course at the left of every page: its chapters, their sections and exercises. */
export function navigation({ base, live }: Site, { chapter: open, here }: Page) {
  const passed = live?.passed() ?? {}
  const current = live?.current()
  const at = (address: string) => (address === here ? html` aria-current="page"` : '')
  // A popover needs no script: on a phone the Menu button opens it, and style/frame.css lays it out wide.
  return html`<nav id="nav" class="course" aria-label="Chapters" popover>
<ul>
${course.chapters.map((chapter) => {
  const text = lesson(chapter.id, base)?.article
  const address = `lessons/${chapter.id}/`
  return html`<li><details${chapter.id === open ? html` open` : ''}>
<summary><span class="number">${chapter.id.slice(0, 2)}</span> ${chapter.title}</summary>
${
  text
    ? html`<ul class="sections"><li><a href="${base}${address}"${at(address)}>Lesson</a></li>
${text.headings.map(({ level, id, text }) => (level === 2 && id !== 'exercises' ? html`<li><a href="${base}${address}#${id}">${text}</a></li>` : ''))}</ul>`
    : ''
}
<ul class="exercises">
${exercisesOf(chapter).map(({ id, title }) => html`<li><a href="${base}exercises/${id}/" data-exercise="${id}"${id in passed ? html` data-passed` : ''}${id === current ? html` data-current` : ''}${at(`exercises/${id}/`)}>${title}</a></li>`)}
</ul>
</details></li>`
})}
</ul>
<ul class="others">
<li><a href="${base}"${at('')}>Course map</a></li>
<li><a href="${base}python-to-node/"${at('python-to-node/')}>From Python to Node</a></li>
<li><a href="${base}glossary/"${at('glossary/')}>Glossary</a></li>
${hasGallery ? html`<li><a href="${base}gallery/"${at('gallery/')}>Gallery of mistakes</a></li>` : ''}
</ul>
</nav>`
}
