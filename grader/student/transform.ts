import fs from 'node:fs'
import path from 'node:path'
import { transform } from 'esbuild'

/**
 * JavaScript for each .ts file in a submission's folder, by path, made by the translator that tsx is
 * built on. Files that do not translate are left out: Node's own message about them is the better one.
 */
export async function transformAll(folder: string): Promise<Record<string, string>> {
  const translated: Record<string, string> = {}
  for (const name of fs.readdirSync(folder)) {
    if (!name.endsWith('.ts')) continue
    const file = path.join(folder, name)
    try {
      const source = fs.readFileSync(file, 'utf8')
      const { code } = await transform(source, {
        loader: 'ts',
        format: 'esm',
        target: 'esnext',
        sourcemap: 'inline',
        sourcefile: file,
        tsconfigRaw: {},
      })
      translated[file] = code
    } catch {}
  }
  return translated
}
