import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { root } from '../../grader/manifest.ts'

/** A copy of the course for a test to work in as a student does, with the course's own packages. */
export class CourseCopy {
  readonly folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'copy-')))
  readonly #started: ChildProcessWithoutNullStreams[] = []

  /** `also` names what a test needs besides what grading takes. */
  constructor(...also: string[]) {
    const needed = [
      'course.ts',
      'package.json',
      'tsconfig.json',
      'grader',
      'exercises',
      'test',
      'lessons',
      ...also,
    ]
    for (const name of needed) {
      fs.cpSync(path.join(root, name), path.join(this.folder, name), { recursive: true })
    }
    // The exercises are as a student finds them, whatever this checkout's look like.
    fs.cpSync(path.join(root, 'test/stubs'), path.join(this.folder, 'exercises'), {
      recursive: true,
    })
    fs.symlinkSync(path.join(root, 'node_modules'), path.join(this.folder, 'node_modules'))
  }

  path(...parts: string[]): string {
    return path.join(this.folder, ...parts)
  }

  /** Runs the command to its end, with more in its environment if that is given first. */
  run(
    ...[first, ...rest]: [NodeJS.ProcessEnv | string, ...string[]]
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    const args = typeof first === 'string' ? [first, ...rest] : rest
    const more = typeof first === 'string' ? {} : first
    return new Promise((resolve) => {
      const command = [this.path('grader/course.js'), ...args]
      const options = { cwd: this.folder, env: { ...process.env, NO_COLOR: '1', ...more } }
      execFile(process.execPath, command, options, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr })
      })
    })
  }

  /** Starts the command and leaves it running; `until` resolves once its output from now on matches. */
  start(...args: string[]) {
    const child = spawn(process.execPath, [this.path('grader/course.js'), ...args], {
      cwd: this.folder,
      env: { ...process.env, NO_COLOR: '1' },
    })
    this.#started.push(child)
    const closed = once(child, 'close')
    let output = ''
    let changed = Promise.withResolvers<void>()
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk
        changed.resolve()
        changed = Promise.withResolvers()
      })
    }
    const until = async (pattern: RegExp): Promise<string> => {
      while (!pattern.test(output)) {
        if (child.exitCode !== null)
          throw new Error(`it ended before it printed ${pattern}:\n${output}`)
        await Promise.race([changed.promise, closed])
      }
      const seen = output
      output = ''
      return seen
    }
    return { child, until }
  }

  async remove(): Promise<void> {
    for (const child of this.#started) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      child.kill('SIGTERM')
      await once(child, 'close')
    }
    fs.rmSync(this.folder, { recursive: true, force: true })
  }
}
