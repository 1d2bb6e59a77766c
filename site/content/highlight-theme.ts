/**
 * What is told apart in a program. Each kind's colour is only a number here, which becomes the class of
 * the same row: style/code.css gives the classes their colours, for light and dark. So a page names a
 * kind in two letters and is highlighted once for both.
 */
const rows: [color: string, className: string, scopes: string[]][] = [
  ['#000001', 'c', ['comment', 'punctuation.definition.comment']],
  ['#000002', 's', ['string', 'punctuation.definition.string', 'string.template']],
  [
    '#000003',
    'k',
    [
      'keyword.control',
      'keyword.operator.new',
      'keyword.operator.expression',
      'keyword.other',
      'storage',
      'keyword.operator.logical.python',
      'variable.language',
    ],
  ],
  ['#000004', 'n', ['constant', 'string.regexp', 'constant.character.escape']],
  ['#000005', 'f', ['entity.name.function', 'support.function', 'meta.function-call.generic']],
  [
    '#000006',
    't',
    ['entity.name.type', 'support.type', 'support.class', 'entity.other.inherited-class'],
  ],
  [
    '#000000',
    '',
    [
      'meta.template.expression',
      'punctuation',
      'keyword.operator.assignment',
      'storage.type.function.arrow',
    ],
  ],
]

/** The class of each colour. */
export const kinds: Record<string, string> = Object.fromEntries(
  rows.map(([color, className]) => [color, className]),
)

export const theme = {
  name: 'kinds',
  type: 'light' as const,
  fg: '#000000',
  bg: '#ffffff',
  settings: rows.map(([foreground, , scope]) => ({ scope, settings: { foreground } })),
}
