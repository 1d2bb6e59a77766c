import fs from 'node:fs'
import { describe } from 'vitest'
import { expectNothingLeft, rejection, same } from '../../../harness/index.ts'
import {
  ensure,
  expectMessage,
  lineOf,
  messageOf,
  readMessage,
  refusal,
  sameMessage,
} from './protocol.ts'
import { clientFirst } from './scram.ts'
import { ann, bob, MIB, resolved, test } from './site.ts'

const users = (points: number) => ({ meta: { points, lesson: 'Many users at once' } })
const lines = { meta: { points: 1, lesson: 'One line, one request' } }
const errors = { meta: { points: 1, lesson: 'Errors arrive as events' } }

/** The longest line that is allowed, in bytes. */
const LONGEST = 64 * 1024
/** More than the kernel holds for a reader that has stopped, in bytes. */
const FAR_TOO_LONG = 8 * MIB

export const accounts = () =>
  describe('accounts', () => {
    test('serves a user while others are silent', users(2), async ({ site }) => {
      await site.start([ann, bob])
      await site.visit()
      const [first, second, third] = [
        await site.login(ann),
        await site.login(ann),
        await site.login(bob),
      ]
      for (const client of [third, second, first]) {
        await client.expect({ op: 'pwd' }, { ok: true, path: '/' })
      }
    })

    test(
      'answers login-first to all but auth before the login',
      users(2),
      async ({ site, random }) => {
        await site.start([ann])
        await (await site.login(ann)).put('a.txt', Buffer.from('some text'))
        const client = await site.visit()
        const digest = '0'.repeat(64)
        const requests = [
          { op: 'pwd' },
          { op: 'ls' },
          { op: 'cd', path: '/' },
          { op: 'mkdir', path: random.word() },
          { op: 'get', path: 'a.txt', offset: 0 },
          { op: 'put', path: 'b.txt', size: 3, sha256: digest },
        ]
        for (const request of requests) await client.refused(request, 'login-first')
        const halfway = await site.visit()
        await halfway.challenge('ann')
        await halfway.refused({ op: 'get', path: 'a.txt', offset: 0 }, 'login-first')
        await client.login(ann)
        await client.expectNames(['a.txt'])
      },
    )

    test('knows a name with a comma and an equals sign in it', lines, async ({ site, random }) => {
      const odd = { ...bob, name: `b=o,b=2C-${random.word()}` }
      await site.start([ann, odd])
      const client = await site.login(odd)
      await client.put('a.txt', Buffer.from('mine'))
      await client.expectNames(['a.txt'])
      const list = (to = site.address) =>
        site.student.call('list', { ...site.session(odd, to), path: '/' })
      await resolved(list(), 'the program was to let its own client in')
      const server = await site.ours(odd)
      await resolved(server.serve(list(server.address)), 'our server had let the client in')
    })

    test('answers requests that come in one segment, in order', lines, async ({ site, random }) => {
      await site.start([ann])
      const client = await site.login(ann)
      const names = [random.word(3), random.word(4), random.word(5)]
      const requests = names.flatMap((path) => [
        { op: 'mkdir', path },
        { op: 'cd', path },
        { op: 'pwd' },
      ])
      await client.peer.write(requests.map(lineOf).join(''))
      for (const [i] of names.entries()) {
        const path = `/${names.slice(0, i + 1).join('/')}`
        await expectMessage(client.peer, { ok: true }, 'the answer to mkdir')
        await expectMessage(client.peer, { ok: true, path }, 'the answer to cd')
        await expectMessage(client.peer, { ok: true, path }, 'the answer to pwd')
      }
    })

    test('goes on after a line that is no request', lines, async ({ site }) => {
      await site.start([ann])
      const client = await site.login(ann)
      for (const line of ['{', 'pwd', '[]', 'null', '5', '{}', '{"op":7}']) {
        await client.peer.write(`${line}\n`)
        const { ok, error } = await readMessage(client.peer, `the answer to the line ${line}`)
        const isRefused = ok === false && ['bad-request', 'unknown-op'].includes(String(error))
        ensure(isRefused, `the line ${line} was not refused with bad-request`)
      }
      await client.refused({ op: 'fly' }, 'unknown-op')
      for (const op of ['mkdir', 'get', 'put']) await client.refused({ op }, 'bad-request')
      const put = { op: 'put', path: 'a.txt', size: 3, sha256: '0'.repeat(64) }
      const wrong = [
        ...[-5, 1.5, '3'].map((size) => ({ ...put, size })),
        ...[5, '../x'].map((sha256) => ({ ...put, sha256 })),
        { ...put, path: 5 },
        { op: 'get', path: 5, offset: 0 },
        ...['cd', 'ls', 'mkdir'].map((op) => ({ op, path: 5 })),
      ]
      for (const request of wrong) await client.refused(request, 'bad-request')
      await client.expect({ op: 'pwd' }, { ok: true, path: '/' })
    })

    test('refuses a line of more than 64 KiB and closes', lines, async ({ site, watch }) => {
      await site.start([ann])
      const client = await site.login(ann)
      const long = { op: 'ls', path: `/${'./'.repeat(LONGEST / 2 - 60)}` }
      const answer = await client.ask(long)
      const isTooLong = answer.error === 'line-too-long'
      ensure(!isTooLong, 'a line of less than 64 KiB was refused as too long')
      await client.expect({ op: 'pwd' }, { ok: true, path: '/' })
      // Most of it comes when the answer is given: who closes without reading it turns FIN into RST.
      client.peer.pause()
      await client.peer.write('x'.repeat(FAR_TOO_LONG))
      await watch.settled()
      client.peer.resume()
      const rest = await client.peer.readToEnd()
      const refused = messageOf(rest.toString().replace(/\n$/, ''))
      sameMessage(refused, refusal('line-too-long'), 'the answer to a line of more than 64 KiB')
    })

    test(
      'survives clients that break off at any moment',
      errors,
      async ({ site, watch, random }) => {
        fs.truncateSync(site.place(ann, 'large.bin', ''), 8 * MIB)
        await site.start([ann])
        const bytes = random.bytes(3000)
        for (const way of ['reset', 'end'] as const) {
          const [greeted, inLine, inAuth, inPut, inGet] = [
            await site.visit(),
            await site.visit(),
            await site.visit(),
            await site.login(ann),
            await site.login(ann),
          ]
          await inLine.peer.write('{"op":"au')
          await inAuth.peer.write(
            lineOf({ op: 'auth', message: clientFirst('ann', random.word()) }),
          )
          await inPut.announce('a.bin', bytes)
          await inPut.peer.write(bytes.subarray(0, 1000))
          inGet.peer.pause()
          await inGet.peer.write(lineOf({ op: 'get', path: 'large.bin', offset: 0 }))
          await watch.settled()
          for (const { peer } of [greeted, inLine, inAuth, inPut, inGet]) {
            peer[way]()
            await watch.settled()
          }
        }
        await (await site.login(ann)).expect({ op: 'pwd' }, { ok: true, path: '/' })
      },
    )

    test('answers all that was asked before a FIN', errors, async ({ site, random }) => {
      await site.start([ann])
      const client = await site.login(ann)
      const bytes = Buffer.from(random.bytes(5000))
      await client.put('a.bin', bytes)
      const get = lineOf({ op: 'get', path: 'a.bin', offset: 0 })
      await client.peer.write(`${get}${lineOf({ op: 'ls' })}${lineOf({ op: 'pwd' })}`)
      client.peer.end()
      await expectMessage(client.peer, { ok: true, size: 5000 }, 'the answer to get')
      await client.peer.expect(bytes)
      await expectMessage(client.peer, { ok: true }, 'the answer to ls')
      await expectMessage(client.peer, { ok: true, path: '/' }, 'the answer to pwd')
      await client.peer.expectEnd()
    })

    test(
      'serves those who are there after close, and leaves nothing running when they have left',
      errors,
      async ({ freshSite: site, watch, random }) => {
        const server = await site.start([ann])
        const client = await site.login(ann)
        await client.put('a.bin', Buffer.from(random.bytes(100)))
        await server.close()
        await client.expectNames(['a.bin'])
        client.peer.end()
        await client.peer.expectEnd()
        const left = 'after close() and the last leaving something still keeps the process alive'
        await expectNothingLeft(site.student, watch, left)
      },
    )

    test('rejects with EADDRINUSE when the port is taken', errors, async ({ site, listen }) => {
      const { address } = await listen()
      const options = { ...address, dataDir: site.dataDir, accounts: [ann] }
      const error = await rejection(
        site.student.call('startFileServer', options),
        'EADDRINUSE was due',
      )
      same(error.code, 'EADDRINUSE', "the error's code")
    })
  })
