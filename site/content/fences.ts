import path from 'node:path'
import type { MarkdownIt, Token } from 'markdown-it'
import { wireBlock } from '../diagram/wire-block.ts'
import { escapeHtml } from './escape.ts'
import { highlight, type Lang } from './highlight.ts'
import { siteUrl } from './links.ts'
import type { Source } from './markdown.ts'

/** A program of the repository that a text quotes, with what it prints. */
type Listing = {
  file: string
  region: string | undefined
  code: string
  lang: Lang
  output?: string
}

const langs: Record<string, Lang> = { ts: 'ts', python: 'python' }

/** Fenced code: programs, listings with their output in one figure, transcripts, sessions at a terminal. */
export function fences(markdown: MarkdownIt): void {
  markdown.core.ruler.push('listings', (state) => {
    state.tokens = state.tokens.flatMap((token, i, tokens) => {
      if (token.type === 'fence' && isOutput(token) && listingOf(tokens[i - 1])) return []
      const listing = listingOf(token)
      if (!listing) return [token]
      const next = tokens[i + 1]
      if (next && isOutput(next)) listing.output = next.content
      const merged = new state.Token('listing', 'figure', 0)
      merged.content = [listing.code, listing.output].join('\n')
      merged.meta = listing
      return [merged]
    })
  })
  markdown.renderer.rules.listing = (tokens, i, _options, env) =>
    listingHtml(tokens[i]?.meta as Listing, env as Source)
  markdown.renderer.rules.fence = (tokens, i) => {
    const { info = '', content = '' } = tokens[i] ?? {}
    if (info === 'wire') return wireBlock(content)
    if (info === '' && /^\$ /m.test(content)) return codeBlock(session(content), 'session')
    return codeBlock(highlight(content, langs[info] ?? 'text'))
  }
}

const isOutput = ({ type, info }: Token) => type === 'fence' && info === 'text'

/** What a fence quotes, if its first line names a file: `// examples/NAME.ts#region`. */
function listingOf(token: Token | undefined): Listing | undefined {
  const lang = langs[token?.info ?? '']
  if (token?.type !== 'fence' || !lang) return undefined
  const [, file, region, code] =
    /^(?:\/\/|#) (examples\/[\w/-]+\.(?:ts|py))(?:#([\w-]+))?\n(.*)$/s.exec(token.content) ?? []
  if (file === undefined || code === undefined) return undefined
  return { file, region, code, lang }
}

function listingHtml({ file, code, lang, output }: Listing, source: Source): string {
  const name = file.replace(/^examples\/|\.\w+$/g, '')
  const from = path.posix.dirname(source.file)
  const chapter = from.replace(/^lessons\/?/, '')
  const mark = lang === 'ts' && chapter ? ` data-example="${chapter}/${name}"` : ''
  const shown =
    output === undefined
      ? ''
      : `<div class="output"><p>It prints</p>${codeBlock(escapeHtml(output.trimEnd()), 'printed')}</div>`
  return `<figure class="listing"${mark}><figcaption><a href="${siteUrl(file, from, source.base)}">${file}</a></figcaption>${codeBlock(highlight(code, lang))}${shown}</figure>\n`
}

/** A block of code that scrolls by itself. `inner` is HTML. */
export function codeBlock(inner: string, kind = 'code'): string {
  const classes = kind === 'code' ? 'code' : `code ${kind}`
  return `<pre class="${classes}" tabindex="0"><code>${inner}</code></pre>\n`
}

/** A session at a terminal: what one types is told apart from what comes back. */
function session(content: string): string {
  return content
    .trimEnd()
    .split('\n')
    .map((line) =>
      line.startsWith('$ ') ? `<span class="typed">${escapeHtml(line)}</span>` : escapeHtml(line),
    )
    .join('\n')
}
