import MiniSearch, { type SearchResult } from 'minisearch'
import { excerpt } from '../content/excerpt.ts'
import { type SearchEntry, searchOptions } from '../content/search-options.ts'
import { queryWords } from '../content/tokenize.ts'

const MOST = 12

/** Looks for what a reader typed: list items to show, and a sentence that sums them up. */
export type Find = (query: string) => { items: HTMLElement[]; summary: string }

/** Loads the index. */
export async function load(base: string): Promise<Find> {
  const response = await fetch(`${base}search.json`)
  if (!response.ok) throw new Error(`search.json: status ${response.status}`)
  const index = await MiniSearch.loadJSONAsync<SearchEntry>(await response.text(), searchOptions)
  return (query) => {
    const results = index.search(query, {
      tokenize: queryWords,
      combineWith: 'AND',
      prefix: (word) => word.length > 1 && !/\p{Script=Han}/u.test(word),
      fuzzy: (word) => (/^[a-z]{5,}$/.test(word) ? 0.2 : false),
      boost: { section: 3, page: 2 },
      boostDocument: (_id, _term, stored) => (`${stored?.url}`.startsWith('gallery/') ? 0.5 : 1),
    })
    const n = results.length
    return {
      items: results.slice(0, MOST).map((result) => item(result, base)),
      summary:
        n === 0 ? 'Nothing found.' : n > MOST ? `The first ${MOST} of ${n} sections` : `${n} found`,
    }
  }
}

function item(result: SearchResult, base: string): HTMLElement {
  const { url, page, section, text } = result as unknown as SearchEntry
  const link = document.createElement('a')
  link.href = base + url
  const title = document.createElement('strong')
  title.textContent = section || page
  const place = document.createElement('span')
  place.textContent = section ? page : ''
  const shown = document.createElement('p')
  for (const { text: part, isMatch } of excerpt(text, result.terms)) {
    const node = isMatch ? document.createElement('mark') : document.createElement('span')
    node.textContent = part
    shown.append(node)
  }
  link.append(title, ' ', place, shown)
  const entry = document.createElement('li')
  entry.append(link)
  return entry
}
