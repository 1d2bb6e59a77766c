import fs from 'node:fs'
import { describe } from 'vitest'
import { Finding, rejection, same, sameFields } from '../../../harness/index.ts'
import { ensure, expectMessage, lineOf, readMessage, refusal, sha256 } from './protocol.ts'
import { readChallenge } from './scram.ts'
import { ann, MIB, read, resolved, type Site, test } from './site.ts'

const whole = (points: number) => ({
  meta: { points, lesson: 'A file appears whole or not at all' },
})
const users = { meta: { points: 2, lesson: 'Many users at once' } }
const errors = { meta: { points: 1, lesson: 'Errors arrive as events' } }

const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, i) => i)
/** How many users come at once where a password costs the fewest rounds that are allowed. */
const CROWD = 200
const FEWEST_ROUNDS = 4096
/** Where it costs more there are fewer, and so many at least. */
const FEWEST_USERS = 2
/** More than the kernel takes for a client that does not read, in bytes. */
const MUCH = 48 * MIB

export const transfer = () =>
  describe('transfer', () => {
    test(
      'gives back what it took, byte for byte, from any offset',
      whole(2),
      async ({ site, random }) => {
        await site.start([ann])
        const client = await site.login(ann)
        const bytes = Buffer.concat([
          ALL_BYTES,
          random.bytes(random.int(20_000, 30_000)),
          ALL_BYTES,
        ])
        same(await client.announce('a.bin', bytes), 0, 'the offset of a new file')
        const more = Buffer.concat([bytes, Buffer.from(lineOf({ op: 'pwd' }))])
        await client.peer.write(more, random.cuts(more.length))
        await client.stored('a.bin')
        await expectMessage(client.peer, { ok: true, path: '/' }, 'the answer to pwd')
        for (const offset of [0, 1, random.int(2, 20_000), bytes.length - 1, bytes.length]) {
          await client.expectFile('a.bin', bytes, offset)
        }
        for (const offset of [-1, 1.5, '1']) {
          const get = { op: 'get', path: 'a.bin', offset }
          await client.refused(get, 'bad-request', 'bad-offset')
        }
        await client.expect({ op: 'pwd' }, { ok: true, path: '/' })
      },
    )

    test('takes and gives an empty file', whole(1), async ({ site }) => {
      await site.start([ann])
      const client = await site.login(ann)
      const nothing = new Uint8Array(0)
      await client.put('empty', nothing)
      await client.expectFile('empty', nothing)
      same(await client.list(), [{ name: 'empty', type: 'file', size: 0 }], 'what ls shows')
      const local = site.local('empty', nothing)
      const digest = sha256(nothing)
      const done = { size: 0, sha256: digest, resumedFrom: 0 }
      const up = await site.upload(site.session(ann), local, 'other')
      sameFields(up, done, 'what upload resolved with')
      const back = site.local('other')
      const down = await site.download(site.session(ann), 'other', back)
      sameFields(down, done, 'what download resolved with')
      same(read(back)?.length, 0, 'the size of the local file')
    })

    test(
      'refuses an offset beyond the size, a directory and a name that is not there',
      whole(1),
      async ({ site, random }) => {
        await site.start([ann])
        const client = await site.login(ann)
        const bytes = Buffer.from(random.bytes(100))
        await client.put('a.bin', bytes)
        await client.expect({ op: 'mkdir', path: 'd' }, { ok: true })
        const put = (path: string) => ({ op: 'put', path, size: 100, sha256: sha256(bytes) })
        await client.refused({ op: 'get', path: 'a.bin', offset: 101 }, 'bad-offset')
        await client.refused({ op: 'get', path: 'b.bin', offset: 0 }, 'not-found')
        await client.refused({ op: 'get', path: 'd', offset: 0 }, 'is-a-directory')
        await client.refused(put('d'), 'is-a-directory')
        await client.refused(put('e/a.bin'), 'not-found')
        await client.refused(put('a.bin/b'), 'not-a-directory', 'not-found')
        await client.expectFile('a.bin', bytes, 100)
        await client.expectNames(['a.bin', 'd'])
      },
    )

    test(
      'shows a file when it is whole, and the older one until then',
      whole(2),
      async ({ site, random }) => {
        await site.start([ann])
        const [client, other] = [await site.login(ann), await site.login(ann)]
        const [older, newer] = [Buffer.from(random.bytes(2000)), Buffer.from(random.bytes(3000))]
        await client.announce('a.bin', older)
        await other.expectNames([])
        await client.peer.write(older.subarray(0, 1999))
        await other.expectNames([])
        await other.refused({ op: 'get', path: 'a.bin', offset: 0 }, 'not-found')
        await client.peer.write(older.subarray(1999))
        await client.stored('a.bin')
        await other.expectFile('a.bin', older)
        await client.announce('a.bin', newer)
        await client.peer.write(newer.subarray(0, 2999))
        await other.expectFile('a.bin', older)
        same((await other.list())[0]?.size, 2000, 'the size that ls shows of the older file')
        await client.peer.write(newer.subarray(2999))
        await client.stored('a.bin')
        await other.expectFile('a.bin', newer)
      },
    )

    test('keeps nothing of a file with wrong bytes', whole(1), async ({ site, random }) => {
      await site.start([ann])
      const client = await site.login(ann)
      const bytes = Buffer.from(random.bytes(3000))
      const wrong = Buffer.from(bytes)
      wrong[1500] = 255 - (wrong[1500] ?? 0)
      await client.announce('a.bin', bytes)
      await client.peer.write(wrong)
      const due = refusal('checksum-mismatch')
      await expectMessage(client.peer, due, 'the answer to wrong bytes')
      await client.expectNames([])
      await client.refused({ op: 'get', path: 'a.bin', offset: 0 }, 'not-found')
      same(await client.put('a.bin', bytes), 0, 'the offset of the next try')
      await client.expectFile('a.bin', bytes)
    })

    test(
      'keeps the older file when the new one has wrong bytes',
      whole(1),
      async ({ site, random }) => {
        await site.start([ann])
        const client = await site.login(ann)
        const [older, newer] = [Buffer.from(random.bytes(2000)), Buffer.from(random.bytes(3000))]
        await client.put('a.bin', older)
        await client.announce('a.bin', newer)
        await client.peer.write(Buffer.alloc(3000))
        same(
          (await readMessage(client.peer, 'the answer to wrong bytes')).ok,
          false,
          'ok in the answer to wrong bytes',
        )
        await client.expectFile('a.bin', older)
      },
    )

    test(
      'holds no more than a little for clients that do not read',
      whole(1),
      async ({ site, watch }) => {
        const file = site.place(ann, 'a.bin', '')
        fs.truncateSync(file, MUCH)
        await site.start([ann])
        for (let count = 1; count <= 2; count++) {
          const client = await site.login(ann)
          client.peer.pause()
          await client.peer.write(lineOf({ op: 'get', path: 'a.bin', offset: 0 }))
        }
        await watch.settled()
        const { queued } = await site.student.view()
        ensure(queued < MUCH / 2, 'a quarter or more of what was asked for waits in memory')
      },
    )

    test('sends all of it to a client that reads late', errors, async ({ site, watch, random }) => {
      const bytes = Buffer.from(random.bytes(MIB)).toString('hex').repeat(5)
      site.place(ann, 'a.bin', bytes)
      await site.start([ann])
      const client = await site.login(ann)
      client.peer.pause()
      await client.peer.write(lineOf({ op: 'get', path: 'a.bin', offset: 0 }))
      client.peer.end()
      await watch.settled()
      client.peer.resume()
      const due = { ok: true, size: bytes.length }
      await expectMessage(client.peer, due, 'the answer to get')
      const got = await client.peer.readToEnd()
      if (got.length < bytes.length) {
        const message = 'the connection ended (FIN) before the whole file had come'
        throw new Finding({ kind: 'ended early', message })
      }
      ensure(got.equals(Buffer.from(bytes)), 'the bytes are not those of the file')
    })

    test(
      'its client leaves local as it was when the bytes are wrong',
      whole(2),
      async ({ site, random }) => {
        const server = await site.ours(ann)
        const bytes = Buffer.from(random.bytes(3000))
        server.files.set('a.bin', bytes)
        const local = site.local('a.bin', 'what was there before')
        const session = site.session(ann, server.address)
        const call = server.serve(site.download(session, 'a.bin', local), {
          answer: async (request, wire) => {
            if (request.op !== 'get') return false
            const offset = Number(request.offset ?? 0)
            await wire.say({ ok: true, size: bytes.length, sha256: sha256(bytes) })
            await wire.peer.write(Buffer.alloc(bytes.length - offset))
            return true
          },
        })
        await rejection(call, 'the bytes had another digest than the server had named')
        same(read(local)?.toString(), 'what was there before', 'what local holds')
        const missing = server.serve(site.download(session, 'b.bin', local))
        same((await rejection(missing, 'not-found was due')).code, 'not-found', "the error's code")
        same(read(local)?.toString(), 'what was there before', 'what local holds')
        const done = { size: 3000, sha256: sha256(bytes), resumedFrom: 0 }
        const right = server.serve(site.download(session, 'a.bin', local))
        const again = await resolved(right, 'the bytes were right this time')
        sameFields(again, done, 'what download resolved with')
        ensure(read(local)?.equals(bytes) === true, 'local is not the file, byte for byte')
      },
    )

    test('serves two hundred users at once', users, async ({ site, random }) => {
      const length = await affordable(site)
      const crowd = Array.from({ length }, (_, i) => ({
        name: `user${i}`,
        password: `${random.word()}${i}`,
        quotaBytes: 5000,
        bytes: Buffer.concat([ALL_BYTES, random.bytes(random.int(100, 1000))]),
      }))
      await site.start(crowd)
      const clients = await together(crowd, (account) => site.login(account))
      const both = crowd.map((account, i) => ({ ...account, i }))
      await together(both, async ({ i, bytes }) => {
        await clients[i]?.announce('a.bin', bytes)
        await clients[i]?.peer.write(bytes.subarray(0, 300))
      })
      await together(both, async ({ i, bytes }) => {
        await clients[i]?.peer.write(bytes.subarray(300))
        await clients[i]?.stored('a.bin')
      })
      await together(both, async ({ i, bytes }) => {
        await clients[i]?.expectFile('a.bin', bytes)
        if (i % 40 > 0) return
        // Some of them use the program's own client, at the same time.
        const local = site.local(`${i}.bin`, bytes)
        const size = bytes.length
        const up = await site.upload(site.session(crowd[i] ?? ann), local, 'b.bin')
        same([up.size, up.sha256], [size, sha256(bytes)], 'size and sha256 of the upload')
        const back = site.local(`back-${i}.bin`)
        const down = await site.download(site.session(crowd[i] ?? ann), 'b.bin', back)
        same([down.size, down.sha256], [size, sha256(bytes)], 'size and sha256 of the download')
        ensure(read(back)?.equals(bytes) === true, 'the file did not come back as it went')
      })
    })
  })

/**
 * How many users there may be whose passwords cost no more than those of two hundred with the fewest
 * rounds: they may be stretched before the server listens, and our own client stretches each too.
 */
async function affordable(site: Site): Promise<number> {
  // On a folder of its own: there is a client of this one's left when the next begins.
  const server = await site.start([ann], `${site.folder}/one`)
  const { challenge } = await (await site.visit()).challenge(ann.name)
  await server.close()
  const { iterations } = readChallenge(challenge)
  const crowd = Math.floor((CROWD * FEWEST_ROUNDS) / iterations)
  return Math.max(FEWEST_USERS, Math.min(CROWD, crowd))
}

/** Does `work` for all at the same time, to the end for each; then throws the first failure, if any. */
async function together<T, R>(all: T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const outcomes = await Promise.allSettled(all.map(work))
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  })
}
