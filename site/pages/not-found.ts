import { html } from 'hono/html'
import { page, type Site } from './layout.ts'

/** What an address without a page shows; static hosts serve the export's 404.html. */
export function notFoundPage(site: Site) {
  return page(site, {
    title: 'No such page',
    about: 'There is no page at this address.',
    main: html`<p>There is no page at this address. Perhaps the <a href="${site.base}">course map</a> leads to what you look for.</p>`,
  })
}
