/** What right programs do with files, at each level of isolation. */
import path from 'node:path'
import { expect } from 'vitest'
import { call, test } from './program.ts'

const PROGRAM = `
import fs, { realpath } from 'node:fs'
import { once } from 'node:events'
import { promisify } from 'node:util'
export async function real(file: string) {
  return [fs.realpathSync(file), await promisify(realpath)(file), await fs.promises.realpath(file), await promisify(fs.realpath.native)(file)]
}
export async function flush(file: string) {
  const handle = await fs.promises.open(file, 'w')
  await handle.writeFile('a')
  await handle.sync()
  await handle.datasync()
  await handle.chmod(0o600)
  await handle.utimes(1, 1)
  await handle.close()
  await fs.promises.writeFile(file, 'b', { flush: true })
  await fs.promises.writeFile(file, 'c', 'utf8')
  fs.writeFileSync(file, 'd', { flush: true })
  const fd = fs.openSync(file, 'r+')
  fs.fsyncSync(fd)
  fs.fdatasyncSync(fd)
  await promisify(fs.fsync)(fd)
  fs.closeSync(fd)
  const stream = fs.createWriteStream(file, { flush: true })
  stream.end('e')
  await once(stream, 'close')
  return fs.readFileSync(file, 'utf8')
}
export async function outside() { return fs.readFileSync('/etc/passwd', 'utf8') }
`

test.for(['node', 'none'] as const)(
  'level %s lets a right program look and flush',
  async (isolation, { run, folder }) => {
    const student = await run(PROGRAM, { isolation })
    const file = path.join(folder, 'scratch', 'file')
    expect(await call(student, 'flush', file)).toMatchObject({ ok: true, value: 'e' })
    const paths = Array.from({ length: 4 }, () => file)
    expect(await call(student, 'real', file)).toMatchObject({ ok: true, value: paths })
  },
)

test('what is mended opens nothing else', async ({ run }) => {
  const student = await run(PROGRAM, { isolation: 'node' })
  expect(await call(student, 'outside')).toMatchObject({ error: { code: 'ERR_ACCESS_DENIED' } })
})
