import { describe } from 'vitest'
import { same } from '../../../harness/index.ts'
import { ann, test } from './site.ts'

const where = (points: number) => ({ meta: { points, lesson: 'Where am I' } })

export const changeDir = () =>
  describe('change-dir', () => {
    test('begins at / and tells where it is', where(2), async ({ site, random }) => {
      await site.start([ann])
      const client = await site.login(ann)
      const [a, b] = [`${random.word()} 你好`, `"${random.word()}".d`]
      const steps: [string, string][] = [
        [a, `/${a}`],
        [b, `/${a}/${b}`],
        ['..', `/${a}`],
        [`./${b}//`, `/${a}/${b}`],
        ['/', '/'],
        [`/${a}/${b}/../${b}/.`, `/${a}/${b}`],
        ['../..', '/'],
        [`${a}/${b}`, `/${a}/${b}`],
      ]
      await client.expect({ op: 'pwd' }, { ok: true, path: '/' })
      await client.expect({ op: 'mkdir', path: a }, { ok: true })
      await client.expect({ op: 'mkdir', path: `${a}/${b}` }, { ok: true })
      await client.expect({ op: 'pwd' }, { ok: true, path: '/' })
      for (const [path, due] of steps) {
        await client.expect({ op: 'cd', path }, { ok: true, path: due })
        await client.expect({ op: 'pwd' }, { ok: true, path: due })
      }
    })

    test(
      'keeps a current directory of its own for each connection',
      where(2),
      async ({ site, random }) => {
        await site.start([ann])
        const [first, second] = [await site.login(ann), await site.login(ann)]
        const path = random.word()
        await first.expect({ op: 'mkdir', path }, { ok: true })
        await first.expect({ op: 'cd', path }, { ok: true, path: `/${path}` })
        await second.expect({ op: 'pwd' }, { ok: true, path: '/' })
        await (await site.login(ann)).expect({ op: 'pwd' }, { ok: true, path: '/' })
        await first.expect({ op: 'pwd' }, { ok: true, path: `/${path}` })
      },
    )

    test('takes a path that begins without / from there', where(1), async ({ site, random }) => {
      await site.start([ann])
      const client = await site.login(ann)
      const [here, there] = [Buffer.from(random.bytes(100)), Buffer.from(random.bytes(200))]
      await client.expect({ op: 'mkdir', path: 'a' }, { ok: true })
      await client.expect({ op: 'cd', path: 'a' }, { ok: true, path: '/a' })
      await client.put('x.bin', here)
      await client.put('../x.bin', there)
      await client.expect({ op: 'mkdir', path: 'b' }, { ok: true })
      await client.expect({ op: 'cd', path: 'b' }, { ok: true, path: '/a/b' })
      await client.expectFile('../x.bin', here)
      await client.expectFile('../../x.bin', there)
      await client.expectFile('/x.bin', there)
      await client.expectNames(['b', 'x.bin'], '..')
      await client.refused({ op: 'get', path: 'x.bin', offset: 0 }, 'not-found')
    })

    test(
      'stays where it is when there is no such directory',
      where(1),
      async ({ site, random }) => {
        await site.start([ann])
        const client = await site.login(ann)
        await client.expect({ op: 'mkdir', path: 'a' }, { ok: true })
        await client.put('a/x.bin', random.bytes(10))
        await client.expect({ op: 'cd', path: 'a' }, { ok: true, path: '/a' })
        await client.refused({ op: 'cd', path: 'b' }, 'not-found')
        await client.refused({ op: 'cd', path: '/x.bin' }, 'not-found')
        await client.refused({ op: 'cd', path: 'x.bin' }, 'not-a-directory')
        await client.refused({ op: 'cd', path: '../..' }, 'forbidden')
        await client.refused({ op: 'cd', path: 5 }, 'bad-request')
        await client.expect({ op: 'pwd' }, { ok: true, path: '/a' })
      },
    )

    test('makes one directory at a time', where(1), async ({ site, random }) => {
      await site.start([ann])
      const client = await site.login(ann)
      await client.put('x.bin', random.bytes(10))
      await client.refused({ op: 'mkdir', path: 'a/b' }, 'not-found')
      await client.expect({ op: 'mkdir', path: 'a' }, { ok: true })
      await client.refused({ op: 'mkdir', path: 'a' }, 'exists')
      await client.refused({ op: 'mkdir', path: 'x.bin' }, 'exists')
      await client.refused({ op: 'mkdir', path: 'x.bin/b' }, 'not-a-directory', 'not-found')
      await client.expect({ op: 'mkdir', path: 'a/b' }, { ok: true })
      await client.expectNames(['a', 'x.bin'])
      same(await client.list('a'), [{ name: 'b', type: 'dir', size: 0 }], 'what ls shows of a')
    })
  })
