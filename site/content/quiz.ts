import type { MarkdownIt, Token } from 'markdown-it'
import container from 'markdown-it-container'

/**
 * `::: quiz QUESTION` around a list of `- [ ] answer` and one `- [x] answer`, each followed by its
 * explanation. Every answer becomes a <details>: one opens it to learn whether it was right, and why.
 */
export function quizzes(markdown: MarkdownIt): void {
  container(markdown, 'quiz', {
    validate: (params) => /^\s*quiz\s/.test(params),
    render: (tokens, i) => {
      const { nesting, info } = tokens[i] as Token
      if (nesting === -1) return '</div>\n'
      const question = markdown.renderInline(questionOf(info), { file: '', base: '/' })
      return `<div class="quiz"><p class="question">${question}</p>\n`
    },
  })
  markdown.core.ruler.before('inline', 'quiz', ({ tokens }) => {
    for (const [i, token] of tokens.entries()) {
      if (token.type !== 'container_quiz_open') continue
      const end = tokens.findIndex(({ type }, j) => j > i && type === 'container_quiz_close')
      transform(tokens.slice(i + 1, end), questionOf(token.info))
    }
  })
  // The tokens below are made by `transform` alone.
  markdown.renderer.rules.quiz_list = () => ''
  markdown.renderer.rules.quiz_option = (tokens, i) =>
    `<details class="option ${tokens[i]?.meta?.isRight ? 'right' : 'wrong'}">`
  markdown.renderer.rules.quiz_option_close = () => '</div></details>\n'
  markdown.renderer.rules.quiz_answer = () => '<summary>'
  markdown.renderer.rules.quiz_answer_close = () => '</summary><div class="why">\n'
}

const questionOf = (info: string) => info.trim().replace(/^quiz\s+/, '')

/** Turns the list inside a quiz into its options, in place; throws when the quiz is not one. */
function transform(tokens: Token[], question: string): void {
  const wrong = (what: string) => new Error(`the quiz "${question}" ${what}`)
  const [list] = tokens
  if (list?.type !== 'bullet_list_open') throw wrong('does not begin with its list of answers')
  const items = tokens.filter(
    ({ type, level }) => type === 'list_item_open' && level === list.level + 1,
  )
  const ends = tokens.filter(
    ({ type, level }) => type === 'list_item_close' && level === list.level + 1,
  )
  let right = 0
  for (const [n, item] of items.entries()) {
    const at = tokens.indexOf(item)
    const [open, inline, close] = tokens.slice(at + 1, at + 4)
    const [, mark, answer] = /^\[([ x])\] (.+)$/s.exec(inline?.content ?? '') ?? []
    if (!open || !inline || !close || !answer) throw wrong('has an answer without [ ] or [x]')
    const end = ends[n] as Token
    if (tokens[at + 4] === end) throw wrong(`does not explain "${answer}"`)
    if (mark === 'x') right += 1
    inline.content = answer
    item.meta = { isRight: mark === 'x' }
    item.type = 'quiz_option'
    end.type = 'quiz_option_close'
    open.type = 'quiz_answer'
    close.type = 'quiz_answer_close'
  }
  if (items.length < 3) throw wrong('has fewer than three answers')
  if (right !== 1) throw wrong(`has ${right} right answers instead of one`)
  for (const token of [list, tokens.findLast(({ type }) => type === 'bullet_list_close')]) {
    if (token) token.type = 'quiz_list'
  }
}
