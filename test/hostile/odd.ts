/** Submissions whose oddity is the file itself, so that they cannot lie here like the others: made when they are handed in. */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
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
    make: ({ main }) => fs.copyFileSync(process.execPath, main),
  },
  'is-100-megabytes': {
    does: 'is right, and 100 MB long',
    status: 'fail',
    every: 'crash',
    says: /could not be loaded/,
    make: ({ main, solution }) => fs.writeFileSync(main, solution + ' '.repeat(100 * 1024 * 1024)),
  },
  'is-utf-16': {
    does: 'is written in an encoding that Node does not read',
    status: 'fail',
    every: 'crash',
    says: /could not be loaded/,
    make: ({ main, solution }) => fs.writeFileSync(main, `\ufeff${solution}`, 'utf16le'),
  },
  'brings-its-own-settings': {
    does: 'brings a package.json, a tsconfig.json and node_modules that turn everything round',
    status: 'pass',
    make: ({ submission, folder, main }) => {
      const settings = {
        type: 'commonjs',
        main: './evil.js',
        imports: { '#sockopt': './evil.js', '#*': './evil.js' },
        overrides: { 'iconv-lite': './evil.js' },
      }
      const paths = { 'node:net': ['./evil.js'], '*': ['./evil.js'] }
      for (const place of [submission, folder]) {
        fs.writeFileSync(path.join(place, 'package.json'), JSON.stringify(settings))
        fs.writeFileSync(
          path.join(place, 'tsconfig.json'),
          JSON.stringify({ compilerOptions: { module: 'commonjs', paths } }),
        )
        fs.writeFileSync(path.join(place, '.env'), 'NODE_OPTIONS=--require=./evil.js\n')
        for (const name of ['iconv-lite', 'node:net', 'net', 'vitest', 'koffi']) {
          const fake = path.join(place, 'node_modules', name)
          fs.mkdirSync(fake, { recursive: true })
          fs.writeFileSync(path.join(fake, 'index.js'), EVIL)
        }
        fs.writeFileSync(path.join(place, 'evil.js'), EVIL)
      }
      fs.writeFileSync(
        main,
        "import iconv from 'iconv-lite'\nimport { getsockopt } from '#sockopt'\n" +
          "import { attempt } from './accomplice.ts'\nexport { describeConnection } from './accomplice.ts'\n" +
          "await attempt('load other libraries', () => !iconv.encodingExists('gbk') || typeof getsockopt !== 'function')\n",
      )
    },
  },
  'has-links-beside-it': {
    does: 'has links beside it that lead to the tests, the solutions, a neighbour and the whole machine',
    status: 'pass',
    make: ({ folder, main }) => {
      const root = path.resolve(import.meta.dirname, '../..')
      const targets = {
        'test.ts': `${root}/test/hidden/01-sockets/endpoints.test.ts`,
        'harness.ts': `${root}/test/harness/index.ts`,
        'solution.ts': `${root}/solutions/01-sockets/endpoints/main.ts`,
        'neighbour.ts': `${NEIGHBOUR}/main.ts`,
        home: process.env.HOME ?? '/root',
        all: '/',
      }
      for (const [name, target] of Object.entries(targets)) {
        fs.symlinkSync(target, path.join(folder, name))
      }
      fs.writeFileSync(
        main,
        "import { attempt, grab } from './accomplice.ts'\nexport { describeConnection } from './accomplice.ts'\n" +
          `for (const name of ${JSON.stringify(Object.keys(targets))}) {\n` +
          // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the program's own template
          "  await attempt(name, () => name !== 'all' && grab(`${import.meta.dirname}/${name}`))\n" +
          // biome-ignore lint/suspicious/noTemplateCurlyInString: as above
          "  if (name.endsWith('.ts')) await attempt(`import ${name}`, () => import(`./${name}`))\n" +
          '}\n' +
          "for (const name of ['root', 'home', 'tmp']) await attempt(name, () => grab(`${import.meta.dirname}/all/${name}`, 3))\n",
      )
    },
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

const EVIL = "throw new Error('code that is no part of the submission was loaded')\n"
