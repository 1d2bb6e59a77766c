import { createHighlighterCoreSync } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import python from 'shiki/langs/python.mjs'
import typescript from 'shiki/langs/typescript.mjs'
import { EncodedTokenMetadata, type StateStack } from 'shiki/textmate'
import { escapeHtml } from './escape.ts'
import { kinds, theme } from './highlight-theme.ts'

export type Lang = 'ts' | 'python' | 'text'

const highlighter = createHighlighterCoreSync({
  themes: [theme],
  langs: [typescript, python],
  engine: createJavaScriptRegexEngine(),
})
const { colorMap } = highlighter.setTheme(theme.name)
const classes = colorMap.map((color) => kinds[color?.toLowerCase() ?? ''] ?? '')

/**
 * Lines that were highlighted before, by language and text, with the state of the grammar before each.
 * Most of the course's wrong programs differ from the right one in a few lines, so that nearly every line
 * of the gallery has been seen: without this memory the export takes minutes.
 */
type Seen = { before: StateStack | null; after: StateStack; html: string }
const memory: Record<Exclude<Lang, 'text'>, Map<string, Seen[]>> = {
  ts: new Map(),
  python: new Map(),
}

/** The inner HTML of each line of a program. Colours are classes, which style/code.css knows. */
export function highlightLines(code: string, lang: Lang): string[] {
  const lines = code.replace(/\n$/, '').split('\n')
  if (lang === 'text') return lines.map(escapeHtml)
  let state: StateStack | null = null
  return lines.map((line) => {
    const seen = lineAfter(state, line, lang)
    state = seen.after
    return seen.html
  })
}

/** The inner HTML of a program's `<code>`. */
export function highlight(code: string, lang: Lang): string {
  return highlightLines(code, lang).join('\n')
}

function lineAfter(before: StateStack | null, line: string, lang: 'ts' | 'python'): Seen {
  const known = memory[lang].get(line) ?? []
  const same = known.find((seen) =>
    seen.before && before ? seen.before.equals(before) : seen.before === before,
  )
  if (same) return same
  const { tokens, ruleStack } = highlighter.getLanguage(lang).tokenizeLine2(line, before)
  const seen = { before, after: ruleStack, html: lineHtml(line, tokens) }
  memory[lang].set(line, [...known, seen])
  return seen
}

/** `tokens` holds pairs: where a token begins, and what it is. Neighbours of one kind become one span. */
function lineHtml(line: string, tokens: Uint32Array): string {
  const spans: { kind: string; text: string }[] = []
  for (let i = 0; i < tokens.length; i += 2) {
    const text = line.slice(tokens[i], tokens[i + 2] ?? line.length)
    const color = EncodedTokenMetadata.getForeground(tokens[i + 1] ?? 0)
    const last = spans.at(-1)
    const kind = text.trim() === '' && last ? last.kind : (classes[color] ?? '')
    if (last?.kind === kind) last.text += text
    else spans.push({ kind, text })
  }
  return spans
    .map(({ kind, text }) =>
      kind ? `<span class="${kind}">${escapeHtml(text)}</span>` : escapeHtml(text),
    )
    .join('')
}
