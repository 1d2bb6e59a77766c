import fs from 'node:fs'
import { describe } from 'vitest'
import { Finding, same } from '../../../harness/index.ts'
import { type Client, CODES, ensure, type Message, sha256 } from './protocol.ts'
import { ann, bob, filesBelow, read, type Site, test } from './site.ts'

const about = (points: number) => ({ meta: { points, lesson: 'A home that nobody leaves' } })

const SECRET = 'nobody but bob may read this\n'

/** The server with a secret of bob's and one outside of all homes, and ann logged in. */
async function annWithSecrets(site: Site): Promise<Client> {
  site.place(bob, 'secret.txt', SECRET)
  site.place(bob, 'deep/secret.txt', SECRET)
  fs.writeFileSync(`${site.folder}/secret.txt`, SECRET)
  fs.writeFileSync(`${site.dataDir}/secret.txt`, SECRET)
  await site.start([ann, bob])
  return site.login(ann)
}

/** A put of a few bytes that nobody sends before the server agrees. */
function putOf(path: string): Message {
  return { op: 'put', path, size: 4, sha256: sha256(Buffer.from('mine')) }
}

/** Every request that takes a path. */
function requestsFor(path: string): Message[] {
  return [
    { op: 'get', path, offset: 0 },
    putOf(path),
    { op: 'ls', path },
    { op: 'mkdir', path },
    { op: 'cd', path },
  ]
}

export const home = () =>
  describe('home', () => {
    test(
      'gives each user a folder of their own, which is / to that user',
      about(2),
      async ({ site }) => {
        await site.start([ann, bob])
        const [a, b] = [await site.login(ann), await site.login(bob)]
        await a.put('/one.txt', Buffer.from("ann's"))
        await b.put('one.txt', Buffer.from("bob's"))
        await a.expect({ op: 'mkdir', path: '/sub' }, { ok: true })
        await a.expect({ op: 'cd', path: 'sub' }, { ok: true })
        await a.put('two.txt', Buffer.from('below'))
        await a.put('/three.txt', Buffer.from('above'))
        await a.expectFile('/one.txt', Buffer.from("ann's"))
        await a.expectFile('two.txt', Buffer.from('below'))
        await a.expectFile('/sub/two.txt', Buffer.from('below'))
        await b.expectNames(['one.txt'], '/')
        await b.expectFile('/one.txt', Buffer.from("bob's"))
        same(filesBelow(site.home(ann)), ['one.txt', 'sub/two.txt', 'three.txt'], "ann's files")
        same(filesBelow(site.home(bob)), ['one.txt'], "bob's files")
      },
    )

    test('gives nothing away, whatever the path', about(3), async ({ site, watch }) => {
      const client = await annWithSecrets(site)
      await client.expect({ op: 'mkdir', path: 'a' }, { ok: true })
      const far = '../'.repeat(20)
      const paths = [
        '../bob/secret.txt',
        '/../bob/secret.txt',
        'a/../../bob/secret.txt',
        './/..//bob/secret.txt',
        '../../secret.txt',
        '/../../../secret.txt',
        '../secret.txt\0',
        '\0/../../bob/secret.txt',
        `${site.folder}/secret.txt`,
        `${far}${site.folder}/secret.txt`,
        `${far}etc/passwd`,
        '/etc/passwd',
        '..\\bob\\secret.txt',
        '%2e%2e/bob/secret.txt',
        '~bob/secret.txt',
        'file:///etc/passwd',
        'x'.repeat(300),
        'x/'.repeat(2100),
        '',
        '\ud800',
      ]
      for (const path of paths) {
        const request = { op: 'get', path, offset: 0 }
        const { ok, error } = await client.ask(request)
        if (ok !== false) gaveAway(request)
        ensure(CODES.includes(String(error)), `get was refused with ${error}, which is no code`)
      }
      for (const path of ['..', '/..', '../bob', 'a/../../..', `${far}..`, site.folder]) {
        const request = { op: 'ls', path }
        const answer = await client.ask(request)
        if (/secret|bob|"ann"/.test(JSON.stringify(answer))) gaveAway(request)
      }
      await client.expect({ op: 'pwd' }, { ok: true })
      await watch.settled()
      client.peer.expectSilence('an answer came that nothing asked for')
    })

    test('answers forbidden to a path that climbs above /', about(2), async ({ site }) => {
      const client = await annWithSecrets(site)
      const before = around(site)
      await client.expect({ op: 'mkdir', path: 'a' }, { ok: true })
      for (const path of ['..', '/..', '../bob', 'a/../../new', '/a/../../ann/new', '../../new']) {
        for (const request of requestsFor(path)) await client.refused(request, 'forbidden')
      }
      await client.expect({ op: 'cd', path: 'a' }, { ok: true, path: '/a' })
      await client.expect({ op: 'cd', path: '../a/..' }, { ok: true, path: '/' })
      same(around(site), before, 'the files in the homes and around the data folder')
    })

    test(
      'does not take a neighbour whose name begins alike for the home',
      about(1),
      async ({ site }) => {
        const anna = { ...bob, name: 'anna' }
        site.place(anna, 'secret.txt', SECRET)
        await site.start([ann, anna])
        const client = await site.login(ann)
        fs.symlinkSync(site.home(anna), site.home(ann, 'friend'))
        for (const path of ['../anna/secret.txt', 'friend/secret.txt']) {
          await client.refused({ op: 'get', path, offset: 0 }, 'forbidden')
        }
      },
    )

    test('lets no link at the end of a path lead out', about(2), async ({ site }) => {
      const client = await annWithSecrets(site)
      fs.symlinkSync(site.home(bob, 'secret.txt'), site.home(ann, 'file'))
      fs.symlinkSync('../bob', site.home(ann, 'folder'))
      fs.symlinkSync('folder', site.home(ann, 'twice'))
      fs.symlinkSync(`${site.folder}/new.txt`, site.home(ann, 'nowhere'))
      await client.refused({ op: 'get', path: 'file', offset: 0 }, 'forbidden')
      await client.refused(putOf('file'), 'forbidden')
      for (const path of ['folder', '/twice']) {
        await client.refused({ op: 'ls', path }, 'forbidden')
        await client.refused({ op: 'cd', path }, 'forbidden')
      }
      await client.refused(putOf('nowhere'), 'forbidden', 'not-found')
      const own = Buffer.from("ann's own")
      await client.put('own.txt', own)
      fs.symlinkSync('own.txt', site.home(ann, 'inside'))
      await client.expectFile('inside', own)
      same(read(site.home(bob, 'secret.txt'))?.toString(), SECRET, "what bob's file holds")
    })

    test('lets no link on the way lead out', about(2), async ({ site }) => {
      fs.mkdirSync(site.home(ann, 'a'), { recursive: true })
      fs.symlinkSync('../../bob/deep', site.home(ann, 'a', 'b'))
      const client = await annWithSecrets(site)
      fs.symlinkSync(site.home(bob), site.home(ann, 'folder'))
      const before = around(site)
      for (const path of ['folder/secret.txt', '/a/b/secret.txt', 'folder/deep/secret.txt']) {
        await client.refused({ op: 'get', path, offset: 0 }, 'forbidden')
        await client.refused(putOf(path), 'forbidden')
      }
      for (const path of ['folder/deep', '/folder/deep']) {
        await client.refused({ op: 'ls', path }, 'forbidden')
        await client.refused({ op: 'cd', path }, 'forbidden')
      }
      await client.refused(putOf('folder/new.txt'), 'forbidden')
      await client.refused({ op: 'mkdir', path: 'a/b/new' }, 'forbidden')
      same(around(site), before, 'the files in the homes and around the data folder')
      const isMade = fs.existsSync(site.home(bob, 'deep', 'new'))
      ensure(!isMade, "mkdir made a directory in bob's home")
      const own = Buffer.from("ann's own")
      await client.expect({ op: 'mkdir', path: 'real' }, { ok: true })
      fs.symlinkSync('../real', site.home(ann, 'a', 'inside'))
      await client.put('a/inside/own.txt', own)
      await client.expectFile('real/own.txt', own)
      await client.expectFile('a/inside/own.txt', own)
      await client.expect({ op: 'cd', path: 'a/inside' }, { ok: true })
      await client.expectFile('own.txt', own)
    })

    test('looks at links anew for each request', about(1), async ({ site }) => {
      const client = await annWithSecrets(site)
      const paths = ['secret.txt', '/deep/secret.txt']
      await client.expect({ op: 'mkdir', path: 'deep' }, { ok: true })
      await client.expect({ op: 'cd', path: 'deep' }, { ok: true })
      await client.put('secret.txt', Buffer.from("ann's own"))
      fs.renameSync(site.home(ann, 'deep'), site.home(ann, 'kept'))
      fs.symlinkSync(site.home(bob, 'deep'), site.home(ann, 'deep'))
      for (const path of paths) {
        await client.refused({ op: 'get', path, offset: 0 }, 'forbidden', 'not-found')
        await client.refused(putOf(path), 'forbidden', 'not-found')
      }
      same(read(site.home(bob, 'deep/secret.txt'))?.toString(), SECRET, "what bob's file holds")
    })

    test(
      "holds nothing but the user's own files, ever",
      about(1),
      async ({ site, watch, random }) => {
        await site.start([ann])
        const [client, other] = [await site.login(ann), await site.login(ann)]
        const bytes = Buffer.from(random.bytes(3000))
        await client.put('whole.bin', bytes)
        await client.announce('half.bin', bytes)
        await client.peer.write(bytes.subarray(0, 2000))
        await watch.settled()
        same(filesBelow(site.home(ann)), ['whole.bin'], "the files in ann's home while one comes")
        await other.expectNames(['whole.bin'])
        await client.peer.write(bytes.subarray(2000))
        await client.stored('half.bin')
        same(filesBelow(site.home(ann)), ['half.bin', 'whole.bin'], "the files in ann's home")
      },
    )
  })

/** All files but those that are the server's own affair. */
function around(site: Site): string[] {
  return filesBelow(site.folder).filter((name) => /^(?!data\/)|^data\/home\//.test(name))
}

function gaveAway(request: Message): never {
  const message = 'the answer told of what lies outside the home'
  throw new Finding({ kind: 'wrong value', message, got: JSON.stringify(request).slice(0, 100) })
}
