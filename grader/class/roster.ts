import fs from 'node:fs'
import path from 'node:path'
import { CsvError, parse } from 'csv-parse/sync'
import { Refusal, shown } from './refusal.ts'
import type { Place } from './submission.ts'
import { decodeText } from './text.ts'

/** A list of names and paths is no longer than this, in bytes. */
const SIZE_LIMIT = 10 * 2 ** 20

type Row = { record: Record<string, string>; info: { lines: number } }

/**
 * The submissions that a .csv lists (RFC 4180): a header line with the columns name and path, others are
 * passed over; paths are relative to the file. A line that lacks one of the two is told as such. Throws
 * a Refusal for a file that is no such list.
 */
export function roster(file: string): Place[] {
  if (fs.statSync(file).size > SIZE_LIMIT) throw new Refusal('it is too large for a list of names')
  const rows = rowsOf(decodeText(fs.readFileSync(file)))
  if (rows.length === 0) throw new Refusal('it lists nobody below its header line')
  return rows.map(({ record, info }) => {
    const { name = '', path: given = '' } = record
    const line = `${path.basename(file)} line ${info.lines}`
    const place = { name: name || line, path: given ? path.resolve(file, '..', given) : file }
    if (!name) return { ...place, problem: new Refusal('its line has no name') }
    if (!given) return { ...place, problem: new Refusal(`${line} has no path for it`) }
    return place
  })
}

function rowsOf(text: string): Row[] {
  try {
    return parse(text, {
      columns: (header: string[]) => columnsOf(header),
      info: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as Row[]
  } catch (error) {
    if (error instanceof CsvError) throw new Refusal(`it is no proper CSV: ${error.message}`)
    throw error
  }
}

function columnsOf(header: string[]): string[] {
  const columns = header.map((one) => one.toLowerCase())
  if (columns.includes('name') && columns.includes('path')) return columns
  throw new Refusal(`its first line is to be “name,path”, not ${shown(header.join(','))}`)
}
