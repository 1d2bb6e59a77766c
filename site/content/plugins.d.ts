/** Plugins that come without types, in the form in which content/ uses them. */
declare module 'markdown-it-container' {
  import type { MarkdownIt } from 'markdown-it'

  const container: (
    markdown: MarkdownIt,
    name: string,
    options: {
      validate(params: string): boolean
      render(tokens: { nesting: number; info: string; content: string }[], index: number): string
    },
  ) => void
  export default container
}
