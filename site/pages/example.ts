import fs from 'node:fs'
import path from 'node:path'
import { html, raw } from 'hono/html'
import { root } from '../../grader/manifest.ts'
import { examples } from '../content/examples.ts'
import { codeBlock } from '../content/fences.ts'
import { highlight } from '../content/highlight.ts'
import { lesson } from '../content/lesson.ts'
import { page, type Site } from './layout.ts'

/** The page of a program that a lesson quotes, whole. Only files in the list of examples are read. */
export function examplePage(site: Site, id: string) {
  const example = examples().find((one) => one.id === id)
  if (!example) return undefined
  const { base } = site
  const name = path.posix.basename(example.file)
  const quoting = lesson(id.split('/')[0] ?? '', base)
  const back = quoting
    ? { href: `${base}lessons/${quoting.chapter.id}/`, title: quoting.article.title }
    : { href: `${base}python-to-node/`, title: 'From Python to Node' }
  const code = fs.readFileSync(path.join(root, example.file), 'utf8')
  const block = codeBlock(highlight(code, example.lang))
  return page(site, {
    title: name,
    above: `An example of “${back.title}”`,
    about: `The whole program ${example.file}.`,
    ...(quoting && { chapter: quoting.chapter.id }),
    main: html`<p>The whole of <code>${example.file}</code>, of which <a href="${back.href}">${back.title}</a> quotes a part. It runs by itself: <code>npx node ${example.file}</code>.</p>
<figure class="listing"${quoting && html` data-example="${quoting.chapter.id}/${path.basename(name, '.ts')}"`}><figcaption>${example.file}</figcaption>${raw(block)}</figure>`,
  })
}
