import { html, raw } from 'hono/html'
import { course } from '../../course.ts'
import type { Heading } from '../content/markdown.ts'
import { hasGallery } from '../gallery/pages.ts'
import type { Live } from '../live/live.ts'
import { navigation } from './navigation.ts'

/** What every page is made with: where the site lies, and what `npm start` knows. */
export type Site = { base: string; live: Live | undefined }

/** HTML that is finished: made by `html`, or by the pipeline and passed through `raw`. */
export type Html = ReturnType<typeof raw> | Promise<ReturnType<typeof raw>>

type Link = { href: string; title: string }

export type Page = {
  title: string
  /** one sentence for search engines and previews */
  about: string
  /** above the title: where in the course one is */
  above?: string
  /** everything below the title */
  main: Html
  headings?: Heading[]
  /** the chapter that is open in the navigation, and the address of this page in it */
  chapter?: string
  here?: string
  previous?: Link | undefined
  next?: Link | undefined
}

/** Sheets and scripts beside those of every page, by a mark in the HTML that needs them. */
const extras = [
  { mark: 'data-bench', styles: ['bench.css'], scripts: ['bench.js'] },
  { mark: 'data-gallery', styles: ['gallery.css'], scripts: [] },
]

/** A whole page. */
export async function page(site: Site, content: Page) {
  const { base, live } = site
  const { title, about, above, headings = [], previous, next } = content
  const main = String(await content.main)
  const needed = extras.filter(({ mark }) => main.includes(mark))
  const styles = ['site.css', ...needed.flatMap((one) => one.styles), ...(live ? ['live.css'] : [])]
  const scripts = ['main.js', ...needed.flatMap((one) => one.scripts), ...(live ? ['live.js'] : [])]
  const isHome = content.here === ''
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${about}">
<title>${isHome ? course.title : `${title} · ${course.title}`}</title>
<link rel="icon" href="${base}assets/icon.svg" type="image/svg+xml">
${styles.map((name) => html`<link rel="stylesheet" href="${base}assets/${name}">`)}
<script src="${base}assets/theme.js"></script>
${scripts.map((name) => html`<script type="module" src="${base}assets/${name}"></script>`)}
${live ? html`<meta name="live-token" content="${live.token}">` : ''}
</head>
<body data-base="${base}">
<a class="skip" href="#main">Skip to the text</a>
${header(base)}
<div class="columns${headings.length > 0 ? '' : ' without-contents'}">
${navigation(site, content)}
<main id="main" tabindex="-1">
${above ? html`<p class="above">${above}</p>` : ''}
<h1>${title}</h1>
${raw(main)}
${
  previous || next
    ? html`<nav class="turn" aria-label="Previous and next">
${previous ? html`<a rel="prev" href="${previous.href}"><span>Previous</span> ${previous.title}</a>` : ''}
${next ? html`<a rel="next" href="${next.href}"><span>Next</span> ${next.title}</a>` : ''}
</nav>`
    : ''
}
</main>
${headings.length > 0 ? contents(headings) : ''}
</div>
<footer class="foot"><p>${course.title}. MIT licence.</p></footer>
${searchDialog()}
</body>
</html>`
}

function header(base: string) {
  return html`<header class="head">
<button type="button" class="menu" popovertarget="nav">Menu</button>
<a class="brand" href="${base}"><svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><path d="M3 8h13m-4-4 4 4-4 4M21 16H8m4-4-4 4 4 4" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg><span>Sockets</span></a>
<nav class="pages" aria-label="Site">
<a href="${base}">Course</a>
<a href="${base}python-to-node/">From Python</a>
<a href="${base}glossary/">Glossary</a>
${hasGallery ? html`<a href="${base}gallery/">Mistakes</a>` : ''}
</nav>
<button type="button" class="find needs-script" aria-haspopup="dialog" aria-keyshortcuts="/">Search <kbd>/</kbd></button>
<select class="theme needs-script" aria-label="Theme">
<option value="">System</option>
<option value="light">Light</option>
<option value="dark">Dark</option>
</select>
</header>`
}

function contents(headings: Heading[]) {
  return html`<nav class="contents" aria-label="On this page">
<p>On this page</p>
<ul>
${headings.map(({ id, text, level }) => html`<li class="level-${level}"><a href="#${id}">${text}</a></li>`)}
</ul>
</nav>`
}

function searchDialog() {
  return html`<dialog class="search" aria-label="Search">
<form method="dialog" role="search">
<input type="search" aria-label="Search the course" placeholder="Search, in English or 中文" autocomplete="off" spellcheck="false">
<button type="button">Close</button>
</form>
<p class="found" role="status"></p>
<ul class="results"></ul>
</dialog>`
}
