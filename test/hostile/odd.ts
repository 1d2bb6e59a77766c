/** Submissions whose oddity is the file itself, so that they cannot lie here like the others: made when they are handed in. */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { root } from '../../grader/manifest.ts'
import type { Expected } from './corpus.ts'

type Odd = Expected & { make: (place: Place) => void }

/** Where a submission is made: its own folder, that of the exercise in it, its main.ts, and a right program to put there. */
export type Place = { submission: string; folder: string; main: string; solution: string }

const NEIGHBOUR = '../../../../innocent-right/exercises/01-sockets/endpoints'
const missing = { status: 'missing' } as const

export const odd: Record<string, Odd> = {
  'is-a-folder': {
    does: 'has a folder for its main.ts',
    ...missing,
    make: ({ main }) => fs.mkdirSync(main),
  },
  'is-a-link-to-a-neighbour': {
    does: 'links to the work of another student',
    ...missing,
    make: ({ main }) => fs.symlinkSync(`${NEIGHBOUR}/main.ts`, main),
  },
  'lies-in-a-linked-folder': {
    does: 'links its folder to that of another student',
    ...missing,
    make: ({ folder }) => {
      fs.rmSync(folder, { recursive: true })
      fs.symlinkSync(`../${NEIGHBOUR.replace('../', '')}`, folder)
    },
  },
  'is-a-link-to-itself': {
    does: 'links to itself',
    ...missing,
    make: ({ main }) => fs.symlinkSync('main.ts', main),
  },
  'is-a-link-to-a-device': {
    does: 'links to a device that can be read for ever',
    ...missing,
    make: ({ main }) => fs.symlinkSync('/dev/zero', main),
  },
  'is-a-fifo': {
    does: 'is a FIFO, which blocks whoever opens it',
    ...missing,
    make: ({ main }) => execFileSync('mkfifo', [main]),
  },
  'is-binary': {
    does: 'is no text',
    status: 'fail',
    every: 'crash',
    says: /could not be loaded/,
    make: ({ main }) => {
      fs.writeFileSync(main, fs.readFileSync(process.execPath).subarray(0, 65_536))
    },
  },
  'is-100-megabytes': {
    does: 'is right, and 100 MB long',
    status: 'pass',
    make: ({ main, solution }) => fs.writeFileSync(main, solution + ' '.repeat(100 * 1024 * 1024)),
  },
  'is-utf-16': {
    does: 'is written in an encoding that Node does not read',
    status: 'fail',
    every: 'crash',
    says: /could not be loaded/,
    make: ({ main, solution }) => fs.writeFileSync(main, `\ufeff${solution}`, 'utf16le'),
  },
  'has-thousands-of-files': {
    does: 'is right, among thousands of files and folders four hundred levels deep',
    status: 'pass',
    make: ({ folder, main, solution }) => {
      fs.writeFileSync(main, solution)
      fs.mkdirSync(path.join(folder, ...Array.from({ length: 400 }, () => 'deeper')), {
        recursive: true,
      })
      for (let i = 0; i < 2_000; i++) fs.writeFileSync(path.join(folder, `a-${i}.ts`), 'enum {')
    },
  },
  'is-called-\u001b[2J\u202e\n=1+1': {
    does: 'is right, and has terminal commands, a new line and a formula for its name',
    status: 'pass',
    make: ({ main, solution }) => fs.writeFileSync(main, solution),
  },
}

/** What is made beside programs that lie here, by their names. */
export const beside: Record<string, (place: Place) => void> = {
  'brings-its-own-settings': ({ submission, folder }) => {
    const settings = {
      type: 'commonjs',
      main: './evil.js',
      imports: { '#sockopt': './evil.js', '#*': './evil.js' },
    }
    const paths = { 'node:net': ['./evil.js'], '*': ['./evil.js'] }
    for (const place of [submission, folder]) {
      const write = (name: string, text: string) => {
        fs.mkdirSync(path.dirname(path.join(place, name)), { recursive: true })
        fs.writeFileSync(path.join(place, name), text)
      }
      write('package.json', JSON.stringify(settings))
      write('tsconfig.json', JSON.stringify({ compilerOptions: { module: 'commonjs', paths } }))
      write('.env', 'NODE_OPTIONS=--require=./evil.js\n')
      for (const name of ['iconv-lite', 'node:net', 'net', 'vitest', 'koffi']) {
        write(`node_modules/${name}/index.js`, EVIL)
      }
      write('evil.js', EVIL)
    }
  },
  'has-links-beside-it': ({ folder }) => {
    const targets = {
      'test.ts': `${root}/test/hidden/01-sockets/endpoints.test.ts`,
      'harness.ts': `${root}/test/harness/index.ts`,
      'solution.ts': `${root}/solutions/01-sockets/endpoints/main.ts`,
      'neighbour.ts': `${NEIGHBOUR}/main.ts`,
      home: '/root',
      all: '/',
    }
    for (const [name, target] of Object.entries(targets)) {
      fs.symlinkSync(target, path.join(folder, name))
    }
  },
}

const EVIL = "throw new Error('code that is no part of the submission was loaded')\n"
