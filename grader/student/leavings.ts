import { spawnSync } from 'node:child_process'
import fs from 'node:fs'

/**
 * Removes a folder with whatever a program left in it. A program may have locked its folders (mode 0) or
 * nested them deeper than a path can name, which only chmod(1) and rm(1) get to the ground of. Never throws:
 * what cannot be removed even so is nobody's verdict.
 */
export function removeLeavings(folder: string): void {
  try {
    fs.rmSync(folder, { recursive: true, force: true })
  } catch {
    const script = 'chmod -R u+rwX "$1"; rm -rf "$1"'
    spawnSync('/bin/sh', ['-c', script, 'sh', folder], { stdio: 'ignore' })
  }
}
