import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { toSSG } from 'hono/ssg'
import { root } from '../grader/manifest.ts'
import { createSite } from './app.ts'

/** What an export came to. */
export type Exported = { pages: number; bytes: number; files: string[] }

/** Lies in each exported folder: only such a one may be removed for the next export. */
const MARK = '.course-site'

/**
 * Writes every page and asset to `dir`, to be served below `base`. An earlier export there is replaced;
 * rejects when something else is there.
 */
export async function exportSite(base: string, dir: string): Promise<Exported> {
  const present = fs.existsSync(dir) ? fs.readdirSync(dir) : []
  if (present.length > 0 && !present.includes(MARK)) {
    throw new Error(`${dir} holds something else than an earlier export: choose an empty folder`)
  }
  fs.rmSync(dir, { recursive: true, force: true })
  fs.mkdirSync(dir, { recursive: true })
  fs.writeFileSync(path.join(dir, MARK), '')
  const app = createSite({ base })
  // A page that cannot be made ends the export, instead of becoming a page that says so.
  app.onError((error) => {
    throw error
  })
  const { success, files, error } = await toSSG(app, fs.promises, { dir, concurrency: 8 })
  if (!success) throw error
  const bytes = files.reduce((sum, file) => sum + fs.statSync(file).size, 0)
  return { pages: files.filter((file) => file.endsWith('.html')).length, bytes, files }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      base: { type: 'string', default: '/' },
      out: { type: 'string', default: path.join(root, 'site/dist') },
    },
  })
  if (!/^\/(.*\/)?$/.test(values.base)) {
    console.error('site: --base begins and ends with a slash, as in /course/')
    process.exit(2)
  }
  const { pages, bytes } = await exportSite(values.base, path.resolve(values.out)).catch(
    (error) => {
      console.error(`site: ${error.message}`)
      process.exit(1)
    },
  )
  const seconds = performance.now() / 1000
  const { user, system } = process.cpuUsage()
  console.log(
    `${pages} pages in ${seconds.toFixed(2)} s (${(seconds / pages).toFixed(3)} s a page; ` +
      `${((user + system) / 1e6 / pages).toFixed(3)} s of processor time), ` +
      `${(bytes / 1e6).toFixed(1)} MB, in ${path.relative(process.cwd(), path.resolve(values.out))}`,
  )
}
