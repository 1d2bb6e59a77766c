import MiniSearch from 'minisearch'
import { exercises } from '../../grader/manifest.ts'
import { galleryTitles } from '../gallery/pages.ts'
import { exercisePage } from './exercise.ts'
import { lesson, textPage, texts, writtenChapters } from './lesson.ts'
import type { Article } from './markdown.ts'
import { type SearchEntry, searchOptions } from './search-options.ts'

/** The index of every text of the site as JSON, which the browser loads when a reader begins to search. */
export function searchIndex(): string {
  const index = new MiniSearch<SearchEntry>(searchOptions)
  index.addAll(entries().map((entry, id) => ({ ...entry, id })))
  return JSON.stringify(index)
}

/** `url` is without the base. */
function entries(): Omit<SearchEntry, 'id'>[] {
  return [
    ...writtenChapters().flatMap(({ id }) => {
      const article = lesson(id, '/')?.article
      return article
        ? sections(article, `lessons/${id}/`, `${id.slice(0, 2)} ${article.title}`)
        : []
    }),
    ...exercises.flatMap((exercise) => {
      const { intro, article } = exercisePage(exercise, '/')
      const address = `exercises/${exercise.id}/`
      const page = `Exercise: ${exercise.title}`
      return [intro, article].flatMap((part) => sections(part, address, page))
    }),
    ...texts.flatMap((id) => {
      const article = textPage(id, '/')
      return article ? sections(article, `${id}/`, article.title) : []
    }),
    ...galleryTitles().map(({ url, title, text }) => ({
      url,
      page: 'Gallery of mistakes',
      section: title,
      text,
    })),
  ]
}

function sections(article: Article, url: string, page: string): Omit<SearchEntry, 'id'>[] {
  return article.sections
    .filter(({ text }) => text !== '')
    .map(({ heading, text }) => ({
      url: heading ? `${url}#${heading.id}` : url,
      page,
      section: heading?.text ?? '',
      text,
    }))
}
