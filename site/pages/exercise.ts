import { html, raw } from 'hono/html'
import { type ExerciseInfo, exercises, findExercise } from '../../grader/manifest.ts'
import { about } from '../content/course-map.ts'
import { exercisePage } from '../content/exercise.ts'
import { hiddenTests } from '../content/hidden-tests.ts'
import { lesson } from '../content/lesson.ts'
import { galleryIds } from '../gallery/pages.ts'
import { verdictHtml } from '../live/verdict.ts'
import { type Html, page, type Site } from './layout.ts'

/** The page of an exercise, or undefined when there is none of that id. */
export function exercisePageHtml(site: Site, id: string) {
  const exercise = findExercise(id)
  if (!exercise) return undefined
  const { base, live } = site
  const { intro, article, hints } = exercisePage(exercise, base)
  const at = exercises.indexOf(exercise)
  const linkTo = (other: ExerciseInfo | undefined) =>
    other && { href: `${base}exercises/${other.id}/`, title: other.title }
  const verdict = html`<section id="verdict" data-exercise="${id}">${live ? verdictHtml(exercise, live.verdict(id)) : ''}</section>`
  return page(site, {
    title: exercise.title,
    above: `Exercise of chapter ${exercise.chapter.id.slice(0, 2)}, ${exercise.chapter.title}`,
    about: about[id] ?? exercise.title,
    main: html`${live ? verdict : ''}
<div class="prose">${raw(intro.html)}
<p class="file">You write <code>exercises/${exercise.place}/main.ts</code></p>
${raw(article.html)}
<h2 id="hints">Hints</h2>
${hintsHtml(exercise, hints, live?.hintsSeen(id) ?? 0)}
<h2 id="hidden-tests">What the hidden tests look at</h2>
${testsHtml(exercise)}
<h2 id="read">Where to read</h2>
${readHtml(site, exercise)}
</div>`,
    headings: [
      ...article.headings,
      { level: 2, id: 'hints', text: 'Hints' },
      { level: 2, id: 'hidden-tests', text: 'Hidden tests' },
      { level: 2, id: 'read', text: 'Where to read' },
    ],
    chapter: exercise.chapter.id,
    here: `exercises/${id}/`,
    previous: linkTo(exercises[at - 1]),
    next: linkTo(exercises[at + 1]),
  })
}

/** One by one: each hint holds the next. */
function hintsHtml({ id }: ExerciseInfo, hints: string[], seen: number) {
  const chain = hints.reduceRight<Html>(
    (
      next,
      hint,
      i,
    ) => html`<details class="hint" data-hint="${i + 1}"${i < seen ? html` open` : ''}>
<summary>${i === 0 ? 'A first hint' : `Hint ${i + 1} of ${hints.length}`}</summary>
${raw(hint)}${next}</details>`,
    html``,
  )
  return html`<section data-hints="${id}" aria-label="Hints">${chain}</section>`
}

function testsHtml(exercise: ExerciseInfo) {
  return hiddenTests(exercise).map(
    ({ name, titles }, i) => html`${name ? html`<h3>${i + 1}. ${name}</h3>` : ''}
<ul class="tests">
${titles.map((title) => html`<li>${title}</li>`)}
</ul>`,
  )
}

function readHtml({ base }: Site, { id, chapter }: ExerciseInfo) {
  const text = lesson(chapter.id, base)?.article
  const sections = text?.headings.filter(({ level }) => level === 2).slice(0, -2) ?? []
  return html`${
    text
      ? html`<p>The lesson of this chapter is <a href="${base}lessons/${chapter.id}/">${text.title}</a>:</p>
<ul>
${sections.map(({ id, text }) => html`<li><a href="${base}lessons/${chapter.id}/#${id}">${text}</a></li>`)}
</ul>`
      : ''
  }
${
  galleryIds().includes(id)
    ? html`<p>When you are done: <a href="${base}gallery/${id}/">the mistakes that others make here</a>. That page shows solutions.</p>`
    : ''
}`
}
