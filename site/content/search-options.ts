import type { Options } from 'minisearch'
import { words } from './tokenize.ts'

/** A section of a page, as it is found and shown. */
export type SearchEntry = { id: number; url: string; page: string; section: string; text: string }

/** How the index is made, and read: the browser must use the very same. */
export const searchOptions: Options<SearchEntry> = {
  fields: ['section', 'page', 'text'],
  storeFields: ['url', 'page', 'section', 'text'],
  tokenize: words,
}
