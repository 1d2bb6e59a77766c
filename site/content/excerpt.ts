const LENGTH = 160

export type Part = { text: string; isMatch: boolean }

/** The place of a text where the words found first stand, cut to a line or two, with them marked. */
export function excerpt(text: string, terms: string[]): Part[] {
  const escaped = terms
    .toSorted((a, b) => b.length - a.length)
    .map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const pattern = escaped.length > 0 ? new RegExp(`(${escaped.join('|')})`, 'giu') : /$^/
  const first = Math.max(text.search(pattern), 0)
  const start = first < LENGTH / 2 ? 0 : text.indexOf(' ', first - LENGTH / 3) + 1
  const end = start + LENGTH < text.length ? text.lastIndexOf(' ', start + LENGTH) : text.length
  const shown = text.slice(start, Math.max(end, start + LENGTH / 2))
  const parts = shown.split(pattern).map((part, i) => ({ text: part, isMatch: i % 2 === 1 }))
  if (start > 0) parts.unshift({ text: '… ', isMatch: false })
  if (end < text.length) parts.push({ text: ' …', isMatch: false })
  return parts.filter(({ text }) => text !== '')
}
