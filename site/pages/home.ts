import fs from 'node:fs'
import path from 'node:path'
import { html } from 'hono/html'
import { course } from '../../course.ts'
import { exercises, findExercise } from '../../grader/manifest.ts'
import { about } from '../content/course-map.ts'
import { exercisesOf, lesson, writtenChapters } from '../content/lesson.ts'
import { hasGallery } from '../gallery/pages.ts'
import { type Page, page, type Site } from './layout.ts'

/** The first page: what the course is, and its map. */
export function homePage(site: Site) {
  const { base, live } = site
  const passed = live?.passed() ?? {}
  const first = writtenChapters()[0]
  const content: Page = {
    title: course.title,
    about:
      'Learn socket programming by writing programs that real sockets grade: lessons, exercises, and what each program did on the wire.',
    here: '',
    main: html`<p class="lead">Save a file, and a moment later real sockets tell you what your program did on the wire, and why.</p>
<p>${course.chapters.length} chapters, ${exercises.length} exercises. Every listing in a lesson is a program that the tests run, and every output is what it printed.</p>
${start(site, first ? `${base}lessons/${first.id}/` : base)}
${specimen(base)}
<h2 id="map">Course map</h2>
${live ? html`<p class="progress"><span data-progress-count>${Object.keys(passed).length}</span> of ${exercises.length} exercises passed</p>` : ''}
<ol class="map">
${course.chapters.map((chapter) => {
  const text = lesson(chapter.id, base)
  const title = html`<span class="number">${chapter.id.slice(0, 2)}</span> ${chapter.title}`
  return html`<li>
<h3>${text ? html`<a href="${base}lessons/${chapter.id}/">${title}</a>` : title}</h3>
<p>${about[chapter.id] ?? ''}</p>
<ul>
${exercisesOf(chapter).map((exercise) => html`<li data-exercise="${exercise.id}"${exercise.id in passed ? html` data-passed` : ''}${exercise.id === live?.current() ? html` data-current` : ''}><a href="${base}exercises/${exercise.id}/">${exercise.title}</a> <span>${about[exercise.id] ?? ''}</span></li>`)}
</ul>
</li>`
})}
</ol>`,
  }
  return page(site, content)
}

function start({ base, live }: Site, firstLesson: string) {
  const current = live?.current()
  return html`<p class="ways">
<a class="button primary" href="${current ? `${base}exercises/${current}/` : firstLesson}">${current ? 'Go on with your exercise' : 'Begin with chapter 01'}</a>
<a class="button" href="${base}python-to-node/">I know Python’s sockets</a>
${hasGallery ? html`<a class="button" href="${base}gallery/">Show me what goes wrong</a>` : ''}
</p>
${live ? '' : html`<p class="quiet">To work through the exercises, get the repository and run <code>npm ci &amp;&amp; npm start</code>.</p>`}`
}

/** What a student is told after a save: the record of a mistake that nearly everybody makes. */
function specimen(base: string) {
  const exercise = findExercise('line-framing')
  const name = 'takes-a-chunk-for-a-line'
  if (!exercise || !hasGallery) return ''
  const record = fs.readFileSync(path.join(exercise.mistakes, 'golden', `${name}.txt`), 'utf8')
  const [failure = ''] = record.split('\n\n')
  return html`<figure class="listing specimen"><figcaption>What you are told a moment after saving <a href="${base}gallery/line-framing/#${name}">this mistake</a></figcaption>
<pre class="code printed" tabindex="0"><code>${failure}</code></pre></figure>`
}
