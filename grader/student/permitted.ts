import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/**
 * Gives back what Node's permission model takes from programs that do nothing wrong, so that a right
 * program passes at every level of isolation:
 * - `fs.realpath` with a callback looks at each folder from `/` down and is refused; its native twin is not.
 * - whatever works on an open descriptor is refused altogether. To flush a file has no effect that anybody
 *   could see short of a power cut, and no contract looks at the mode or the times of a file that was open, so these do nothing.
 */
export async function mendPermitted(): Promise<void> {
  if (!process.permission) return
  const done = (...args: unknown[]) => {
    const callback = args.at(-1)
    if (typeof callback === 'function') process.nextTick(callback, null)
  }
  const { native } = fs.realpath
  Object.assign(fs, {
    realpath: Object.assign(native, { native }),
    ...Object.fromEntries(
      ['fsync', 'fdatasync', 'fchmod', 'futimes'].flatMap((name) => [
        [name, done],
        [`${name}Sync`, () => {}],
      ]),
    ),
  })
  const { writeFile } = fs.promises
  fs.promises.writeFile = (file, data, options) =>
    writeFile(file, data, typeof options === 'object' ? { ...options, flush: false } : options)
  const handle = await fs.promises.open(import.meta.filename)
  const settled = async () => {}
  const methods = { sync: settled, datasync: settled, chmod: settled, utimes: settled }
  Object.assign(Object.getPrototypeOf(handle), methods)
  await handle.close()
  syncBuiltinESMExports()
}
