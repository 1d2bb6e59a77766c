import path from 'node:path'
import { exampleId } from './examples.ts'

/** What a link in a README of the repository leads to on the site; `from` is the README's folder. */
export function siteUrl(href: string, from: string, base: string): string {
  if (/^([a-z]+:|#)/.test(href)) return href
  const [file = '', fragment] = href.split('#')
  const place = path.posix.join(from, file)
  return base + pageOf(place) + (fragment ? `#${fragment}` : '')
}

/** The page of a file, without the base. A file that has none is an error: nothing may lead nowhere. */
function pageOf(place: string): string {
  const [, lesson] = /^lessons\/([\w-]+)\/(?:README\.md)?$/.exec(place) ?? []
  if (lesson) return `lessons/${lesson}/`
  const [, exercise] = /^exercises\/[\w-]+\/([\w-]+)\/(?:README\.md)?$/.exec(place) ?? []
  if (exercise) return `exercises/${exercise}/`
  const [, text] = /^lessons\/([\w-]+)\.md$/.exec(place) ?? []
  if (text) return `${text}/`
  if (/^lessons\/([\w-]+\/)?examples\/([\w-]+\/)?[\w-]+\.(ts|py)$/.test(place)) {
    return `lessons/${exampleId(place)}/`
  }
  throw new Error(`a link leads to ${place}, which has no page on the site`)
}
