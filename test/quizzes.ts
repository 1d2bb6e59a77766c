/** The blocks `::: quiz QUESTION` of a lesson, read for the check of their form. */
import MarkdownIt from 'markdown-it'

export type Quiz = {
  question: string
  options: Option[]
  /** what is in the block besides its list of options: nothing, where the form is kept */
  stray: string[]
}

export type Option = {
  /** the first paragraph, which begins with `[ ]` or `[x]` */
  answer: string
  isRight: boolean
  /** all that follows it in its list item */
  explanation: string
}

const markdown = new MarkdownIt()

/** How many quizzes a text begins: a block that is not closed is none of `quizzesOf`. */
export function quizzesBegunIn(text: string): number {
  return text.match(/^::: *quiz\b/gm)?.length ?? 0
}

/** The quizzes of a text, each a question and one list of options. */
export function quizzesOf(text: string): Quiz[] {
  const blocks = text.matchAll(/^::: quiz ([^\n]+)\n(.*?)^:::$/gms)
  return [...blocks].map(([, question = '', body = '']) => ({ question, ...optionsOf(body) }))
}

function optionsOf(body: string): Pick<Quiz, 'options' | 'stray'> {
  const options: Option[] = []
  const stray: string[] = []
  let lists = 0
  let isNew = false
  for (const { type, level, content } of markdown.parse(body, {})) {
    if (type === 'bullet_list_open' && level === 0) lists += 1
    if (type === 'list_item_open' && level === 1) isNew = true
    if (content === '') continue

    const [, box, answer] = /^\[([ x])\] (.+)$/s.exec(content) ?? []
    const option = options.at(-1)
    if (isNew && answer !== undefined) {
      options.push({ answer, isRight: box === 'x', explanation: '' })
    } else if (isNew || level <= 1 || !option) stray.push(content)
    else option.explanation += content
    isNew = false
  }
  if (lists !== 1) stray.push(`${lists} lists`)
  return { options, stray }
}
