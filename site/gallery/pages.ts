import { html, raw } from 'hono/html'
import { type ExerciseInfo, exercises, findExercise } from '../../grader/manifest.ts'
import { type Mistake, mistakesOf } from '../../grader/verdict/mistakes.ts'
import { type Entry, groups } from './catalogue.ts'
import { mistakeHtml, titleOf } from './mistake.ts'

/** A page of the gallery: what stands below its h1, and the headings for the contents. */
export type GalleryPage = { title: string; html: string; headings: Heading[] }
export type Heading = { id: string; text: string; level: 2 | 3 }

const sources = exercises.filter((exercise) => mistakesOf(exercise).length > 0)

/** Whether there is a gallery: what students are handed has no mistakes, for they show solutions. */
export const hasGallery = sources.length > 0

/** The exercises that have a page of mistakes. */
export function galleryIds(): string[] {
  return sources.map(({ id }) => id)
}

/** What the search finds of the gallery; `url` is without the base. */
export function galleryTitles(): { url: string; title: string; text: string }[] {
  return sources.flatMap((exercise) =>
    mistakesOf(exercise).map((mistake) => ({
      url: `gallery/${exercise.id}/#${mistake.name}`,
      title: `${titleOf(mistake)} (${exercise.title})`,
      text: mistake.bug,
    })),
  )
}

const WARNING =
  'These pages show wrong programs with their fixes, and so they show solutions. Try the exercise first.'

/** `/gallery/`: the catalogue of mistakes with the programs that make them, and the pages by exercise. */
export function galleryIndex(base: string): GalleryPage {
  const all = sources.flatMap((exercise) =>
    mistakesOf(exercise).map((mistake) => ({ exercise, mistake })),
  )
  const headings: Heading[] = groups.map(({ title }) => ({ id: id(title), text: title, level: 2 }))
  headings.push({ id: 'by-exercise', text: 'By exercise', level: 2 })
  return {
    title: 'Gallery of mistakes',
    headings,
    html: String(html`<p>${all.length} programs that are wrong on purpose, each with the bug marked, the transcript that gave it away, and the fix. The course’s own tests are tested with them: each must be caught, and for its own reason. Here they are sorted by the ${groups.flatMap(({ entries }) => entries).length} mistakes that learners make most.</p>
<p class="callout warning">${WARNING}</p>
${groups.map(
  ({ title, intro, entries }) => html`<h2 id="${id(title)}">${title}</h2>
<p>${intro}</p>
${entries.map((entry) => entryHtml(entry, all, base))}`,
)}
<h2 id="by-exercise">By exercise</h2>
<ul class="by-exercise">${sources.map(
      (exercise) =>
        html`<li><a href="${base}gallery/${exercise.id}/">${exercise.title}</a> <span class="count">${mistakesOf(exercise).length}</span></li>`,
    )}</ul>`),
  }
}

function entryHtml(
  { number, title, seen, provoked }: Entry,
  all: { exercise: ExerciseInfo; mistake: Mistake }[],
  base: string,
) {
  const own = all.filter(({ mistake }) => mistake.catalogue === number)
  return html`<details class="entry" id="mistake-${number}"><summary><b>${number}</b> ${title} <span class="count">${own.length}</span></summary>
<p>Its peer sees: ${seen}. Provoked by: ${provoked}.</p>
<ul>${own.map(
    ({ exercise, mistake }) =>
      html`<li><a href="${base}gallery/${exercise.id}/#${mistake.name}">${titleOf(mistake)}</a> in ${exercise.title}</li>`,
  )}</ul></details>
`
}

/** `/gallery/ID/`: every mistake of an exercise. Throws for an id that has no page. */
export function galleryPage(exerciseId: string, base: string): GalleryPage {
  const exercise = findExercise(exerciseId)
  if (!exercise || !sources.includes(exercise)) throw new Error(`no mistakes of ${exerciseId}`)
  const mistakes = mistakesOf(exercise)
  return {
    title: `Mistakes: ${exercise.title}`,
    headings: mistakes.map((mistake) => ({ id: mistake.name, text: titleOf(mistake), level: 2 })),
    html: String(html`<p class="callout warning">${WARNING} <a href="${base}exercises/${exercise.id}/">To the exercise</a></p>
<p>${mistakes.length} wrong programs. Lines that differ from the solution are marked; comments are left out. Read the program, predict what goes wrong on the wire, then look.</p>
${raw(mistakes.map((mistake) => mistakeHtml(exercise, mistake, base)).join(''))}`),
  }
}

function id(title: string): string {
  return title.toLowerCase().replace(/[^a-z]+/g, '-')
}
