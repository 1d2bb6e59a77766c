import path from 'node:path'
import MarkdownIt, { type Token } from 'markdown-it'
import anchor from 'markdown-it-anchor'
import cjkFriendly from 'markdown-it-cjk-friendly'
import { containers } from './containers.ts'
import { escapeHtml } from './escape.ts'
import { fences } from './fences.ts'
import { siteUrl } from './links.ts'
import { quizzes } from './quiz.ts'
import { slug } from './slug.ts'

export type Heading = { level: 2 | 3; text: string; id: string }

/** What a text is read with: its file in the repository, where its links start, and where the site lies. */
export type Source = { file: string; base: string }

export type Article = {
  title: string
  /** without the title; made when it is first asked for, since the navigation needs headings alone */
  readonly html: string
  headings: Heading[]
  /** the same text without markup, by the section it stands in: what the search looks at */
  sections: { heading: Heading | undefined; text: string }[]
}

/** The one pipeline: every text of the site comes through here. */
const markdown = new MarkdownIt({ html: true })
  .use(cjkFriendly)
  .use(containers)
  .use(quizzes)
  .use(fences)
  .use(anchor, {
    level: [2, 3, 4],
    slugify: slug,
    tabIndex: false,
    permalink: anchor.permalink.headerLink(),
  })

markdown.core.ruler.push('links', ({ tokens, env }) => {
  const { file, base } = env as Source
  for (const token of tokens.flatMap(({ children }) => children ?? [])) {
    const href = token.type === 'link_open' && token.attrGet('href')
    if (href) token.attrSet('href', siteUrl(String(href), path.posix.dirname(file), base))
  }
})

// A table's corner has no heading: as an empty <th> it would announce one.
markdown.core.ruler.push('corners', ({ tokens }) => {
  for (const [i, token] of tokens.entries()) {
    const [inline, close] = tokens.slice(i + 1, i + 3)
    if (token.type !== 'th_open' || inline?.content !== '' || !close) continue
    token.tag = 'td'
    close.tag = 'td'
  }
})

/** Chinese words in an English text say so: for the right glyphs, and for a voice that reads. */
markdown.renderer.rules.text = (tokens, i) => withLanguage(escapeHtml(tokens[i]?.content ?? ''))

function withLanguage(text: string): string {
  return text.replace(
    /\p{Script=Han}[\p{Script=Han}，。、：；！？]*/gu,
    '<span lang="zh">$&</span>',
  )
}

// A table or a program wider than the page scrolls in its own box, which the keyboard can reach.
markdown.renderer.rules.table_open = () =>
  '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>\n'
markdown.renderer.rules.table_close = () => '</table></div>\n'

/** Reads a text. An error in it names its file. */
export function renderArticle(text: string, source: Source): Article {
  const env = { ...source }
  const tokens = naming(source, () => markdown.parse(text, env))
  const start = tokens.findIndex(({ type, tag }) => type === 'heading_open' && tag === 'h1')
  const title = start === -1 ? '' : (tokens[start + 1]?.content ?? '')
  if (start !== -1) tokens.splice(start, 3)
  let html: string | undefined
  return {
    title: plain(title),
    headings: tokens.flatMap((_, i) => headingAt(tokens, i) ?? []),
    sections: sectionsOf(tokens),
    get html() {
      html ??= naming(source, () => markdown.renderer.render(tokens, markdown.options, env))
      return html
    },
  }
}

function naming<T>({ file }: Source, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error })
  }
}

function headingAt(tokens: Token[], i: number): Heading | undefined {
  const token = tokens[i]
  const level = Number(token?.tag.slice(1))
  if (token?.type !== 'heading_open' || (level !== 2 && level !== 3)) return undefined
  return { level, text: textOf(tokens[i + 1]), id: String(token.attrGet('id') ?? '') }
}

function sectionsOf(tokens: Token[]): Article['sections'] {
  const sections: Article['sections'] = [{ heading: undefined, text: '' }]
  for (const [i, token] of tokens.entries()) {
    const heading = headingAt(tokens, i)
    if (heading) sections.push({ heading, text: '' })
    const section = sections.at(-1)
    if (section && tokens[i - 1]?.type !== 'heading_open') section.text += `${textOf(token)} `
  }
  return sections.map(({ heading, text }) => ({ heading, text: text.replace(/\s+/g, ' ').trim() }))
}

/** The text of a block without its markup. */
function textOf(token: Token | undefined): string {
  if (!token) return ''
  if (token.type === 'fence') return token.info === 'wire' ? '' : token.content
  if (token.type === 'listing') return token.content
  if (/^container_\w+_open$/.test(token.type)) return token.info.trim().replace(/^\w+\s*/, '')
  if (token.type === 'html_block') return token.content.replace(/<[^>]*>/g, ' ')
  const parts = token.children?.filter(
    ({ type }) => type === 'text' || type === 'code_inline' || type === 'softbreak',
  )
  return (parts ?? []).map(({ type, content }) => (type === 'softbreak' ? ' ' : content)).join('')
}

const plain = (text: string) => text.replace(/[`*]/g, '')
