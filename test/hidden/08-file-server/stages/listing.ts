import fs from 'node:fs'
import { describe } from 'vitest'
import { everyByte, rejection, same, sameFields } from '../../../harness/index.ts'
import { type Entry, lineOf, refusal } from './protocol.ts'
import { ann, bob, test } from './site.ts'

const about = (points: number) => ({ meta: { points, lesson: 'What is here' } })
const lines = { meta: { points: 1, lesson: 'One line, one request' } }
const errors = { meta: { points: 1, lesson: 'Errors arrive as events' } }

export const listing = () =>
  describe('listing', () => {
    test('shows files with their sizes, and directories', about(2), async ({ site, random }) => {
      await site.start([ann])
      const client = await site.login(ann)
      same(await client.list('/'), [], 'what ls shows of an empty home')
      await client.expect({ op: 'mkdir', path: 'c' }, { ok: true })
      await client.put('c/inner.bin', random.bytes(50))
      await client.put('a.bin', random.bytes(12_345))
      await client.put('b 你好.bin', random.bytes(1))
      const due: Entry[] = [
        { name: 'a.bin', type: 'file', size: 12_345 },
        { name: 'b 你好.bin', type: 'file', size: 1 },
        { name: 'c', type: 'dir', size: 0 },
      ]
      same(await client.list('/'), due, 'what ls shows of the home')
      same(await client.list('c'), [{ name: 'inner.bin', type: 'file', size: 50 }], 'what is in c')
    })

    test('sorts the names by code unit', about(1), async ({ site }) => {
      const names = [
        'b',
        'B',
        'a',
        'é',
        'Z',
        '10',
        '9',
        '_',
        'a.b',
        'a-b',
        'ab',
        '你',
        '\u{1f600}',
        '\ufb01',
      ]
      for (const name of names) site.place(ann, name, '')
      await site.start([ann])
      const sorted = [...names].sort((a, b) => (a < b ? -1 : 1))
      await (await site.login(ann)).expectNames(sorted, '/')
    })

    test(
      'shows the current directory when no path is given, and any that is named',
      about(1),
      async ({ site, random }) => {
        await site.start([ann])
        const client = await site.login(ann)
        await client.put('top.bin', random.bytes(5))
        await client.expectNames(['top.bin'])
        await client.expect({ op: 'mkdir', path: 'a' }, { ok: true })
        await client.expect({ op: 'cd', path: 'a' }, { ok: true, path: '/a' })
        await client.put('x.bin', random.bytes(5))
        await client.expectNames(['x.bin'])
        await client.expectNames(['a', 'top.bin'], '/')
        await client.expectNames(['x.bin'], '/a')
        await client.expectNames(['a', 'top.bin'], '..')
        await client.refused({ op: 'ls', path: 'b' }, 'not-found')
      },
    )

    test('does not show a link that leads out', about(1), async ({ site, random }) => {
      site.place(bob, 'deep/secret.txt', 'a secret')
      await site.start([ann, bob])
      const client = await site.login(ann)
      await client.put('a.bin', random.bytes(5))
      fs.symlinkSync(site.home(bob, 'deep/secret.txt'), site.home(ann, 'file'))
      fs.symlinkSync('../bob/deep', site.home(ann, 'folder'))
      fs.symlinkSync('folder', site.home(ann, 'twice'))
      fs.symlinkSync(`${site.folder}/not there`, site.home(ann, 'nowhere'))
      await client.expectNames(['a.bin'], '/')
      await client.expect({ op: 'mkdir', path: 'b' }, { ok: true })
      fs.symlinkSync('../a.bin', site.home(ann, 'b', 'up'))
      fs.symlinkSync('b', site.home(ann, 'c'))
      const due: Entry[] = [
        { name: 'a.bin', type: 'file', size: 5 },
        { name: 'b', type: 'dir', size: 0 },
        { name: 'c', type: 'dir', size: 0 },
      ]
      same(await client.list('/'), due, 'what ls shows with a link that stays inside')
      const up: Entry = { name: 'up', type: 'file', size: 5 }
      same(await client.list('b'), [up], 'what ls shows of a link to a file')
    })

    test('its client gets what the server shows', lines, async ({ site, random }) => {
      const server = await site.ours(ann)
      const due: Entry[] = [
        { name: '"你好"\n', type: 'file', size: random.int(0, 9999) },
        { name: random.word(), type: 'dir', size: 0 },
      ]
      const bytes = Buffer.from(lineOf({ ok: true, entries: due }))
      const call = site.student.call('list', { ...site.session(ann, server.address), path: '/a b' })
      const got = await server.serve(call, {
        answer: async (request, { peer }) => {
          if (request.op !== 'ls') return false
          same(request.path, '/a b', 'the path that is asked for')
          await peer.write(bytes, everyByte(bytes.length))
          return true
        },
      })
      sameFields(got, due, 'the resolved entries')
      await site.start([ann])
      await (await site.login(ann)).put('x.bin', random.bytes(7))
      const own = await site.student.call('list', { ...site.session(ann), path: '/' })
      const x: Entry = { name: 'x.bin', type: 'file', size: 7 }
      sameFields(own, [x], "the entries of the program's own server")
    })

    test(
      'its client rejects with the code of a refusal and of the system',
      errors,
      async ({ site, closedPort }) => {
        const server = await site.ours(ann)
        const list = (path: string, to: object = {}) =>
          site.student.call('list', { ...site.session(ann, server.address), path, ...to })
        const nobody = list('/', await closedPort())
        const { code } = await rejection(nobody, 'ECONNREFUSED was due')
        same(code, 'ECONNREFUSED', "the error's code")
        for (const code of ['not-found', 'forbidden']) {
          const call = server.serve(list(code), {
            answer: async (_, wire) => {
              await wire.say(refusal(code))
              return true
            },
          })
          same((await rejection(call, `${code} was due`)).code, code, "the error's code")
        }
        const wrong = server.serve(list('/', { password: 'no' }))
        same(
          (await rejection(wrong, 'auth-failed was due')).code,
          'auth-failed',
          "the error's code",
        )
      },
    )
  })
