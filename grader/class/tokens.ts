import { parser } from '@lezer/javascript'

/** What a program does, word by word, with the line (from 0) that each word stands on. */
export type Token = { word: string; line: number }

/** Types, imports and comments do nothing at run time, and are the first that a copy changes. */
const SKIPPED = new Set([
  'ImportDeclaration',
  'TypeAliasDeclaration',
  'InterfaceDeclaration',
  'TypeAnnotation',
  'TypeArgList',
  'TypeParamList',
  'LineComment',
  'BlockComment',
  'Hashbang',
])

const typescript = parser.configure({ dialect: 'ts' })

/**
 * The tokens of a program's files, as they are compared: a name that the program made up is any name,
 * one of the platform (`net`, `createServer`, `'data'`) is itself; punctuation and layout do not count.
 * Broken syntax is read as far as it goes.
 */
export function tokensOf(texts: readonly string[]): Token[] {
  const trees = texts.map((text) => ({ text, tree: typescript.parse(text) }))
  const own = { VariableName: new Set<string>(), PropertyName: new Set<string>() }
  for (const { text, tree } of trees) {
    tree.iterate({
      enter({ name, from, to }) {
        if (name === 'VariableDefinition') own.VariableName.add(text.slice(from, to))
        if (name === 'PropertyDefinition') own.PropertyName.add(text.slice(from, to))
      },
    })
  }
  const wordOf = (kind: string, text: string): string | undefined => {
    if (kind === 'VariableName' || kind === 'PropertyName') return own[kind].has(text) ? kind : text
    if (kind === 'VariableDefinition') return 'VariableName'
    if (/^(Private)?Property(Definition|Name)$/.test(kind)) return 'PropertyName'
    // an event, an encoding: a word of the platform's; other texts can be changed at will
    if (kind === 'String') return /^.[a-z]+.$/.test(text) ? text.slice(1, -1) : kind
    if (kind === 'Number' || kind === 'RegExp') return kind
    return /^\W+$/.test(kind) ? undefined : text
  }
  const tokens: Token[] = []
  let line = 0
  for (const { text, tree } of trees) {
    let at = 0
    tree.iterate({
      enter({ name, from, to, node }) {
        if (SKIPPED.has(name)) return false
        if (node.firstChild) return
        line += newlines(text.slice(at, from))
        at = from
        const word = wordOf(name, text.slice(from, to))
        if (word !== undefined) tokens.push({ word, line })
      },
    })
    line += newlines(text.slice(at)) + 1
  }
  return tokens
}

function newlines(text: string): number {
  return text.split('\n').length - 1
}
