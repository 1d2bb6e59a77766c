import type { MarkdownIt } from 'markdown-it'
import container from 'markdown-it-container'
import { benchBlock } from '../bench/block.ts'

const callouts: Record<string, string> = {
  note: 'Note',
  warning: 'Mind',
  linux: 'On Linux',
}

/** `::: note TITLE`, `::: warning TITLE`, `::: linux`, `:::: tabs` with `::: tab NAME`, `::: bench`. */
export function containers(markdown: MarkdownIt): void {
  for (const [name, word] of Object.entries(callouts)) {
    add(markdown, name, (title) => ({
      open: `<div class="callout ${name}" role="note"><p class="callout-title">${inline(markdown, title || word)}</p>\n`,
      close: '</div>\n',
    }))
  }
  add(markdown, 'bench', () => ({ open: benchBlock(), close: '' }))
  addTabs(markdown)
}

/**
 * Tabs are radio buttons, which need no script: style/blocks.css shows the panel behind the one that is
 * checked. Each set has a name of its own, counted through the page.
 */
function addTabs(markdown: MarkdownIt): void {
  markdown.core.ruler.push('tabs', ({ tokens }) => {
    let set = 0
    let tab = 0
    for (const token of tokens) {
      if (token.type === 'container_tabs_open') {
        set += 1
        tab = 0
      }
      if (token.type !== 'container_tab_open') continue
      tab += 1
      token.meta = { set, tab }
    }
  })
  add(markdown, 'tabs', () => ({
    open: '<fieldset class="tabs"><legend class="sr">The same in</legend>\n',
    close: '</fieldset>\n',
  }))
  add(markdown, 'tab', (name, meta) => {
    const { set, tab } = meta as { set: number; tab: number }
    const id = `tab-${set}-${tab}`
    return {
      open: `<input type="radio" name="tabs-${set}" id="${id}"${tab === 1 ? ' checked' : ''}><label for="${id}">${inline(markdown, name)}</label><div class="panel">\n`,
      close: '</div>\n',
    }
  })
}

type Frame = { open: string; close: string }

function add(
  markdown: MarkdownIt,
  name: string,
  frame: (params: string, meta: unknown) => Frame,
): void {
  container(markdown, name, {
    validate: (params) => params.trim().split(/\s/)[0] === name,
    render: (tokens, i) => {
      const { nesting, info, meta } = tokens[i] as (typeof tokens)[number] & { meta: unknown }
      if (nesting === -1) return frame('', { set: 0, tab: 0 }).close
      return frame(info.trim().slice(name.length).trim(), meta).open
    },
  })
}

const inline = (markdown: MarkdownIt, text: string) =>
  markdown.renderInline(text, { file: '', base: '/' })
