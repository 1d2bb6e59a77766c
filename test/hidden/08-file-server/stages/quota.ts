import { describe } from 'vitest'
import { same } from '../../../harness/index.ts'
import { type Client, type Message, sha256 } from './protocol.ts'
import { ann, bob, resolved, test } from './site.ts'

const about = (points: number) => ({ meta: { points, lesson: 'Counting before taking' } })

/** A user with room for a thousand bytes. */
const poor = { ...ann, quotaBytes: 1000 }

/** Fails unless a new file of `size` bytes is refused, with the word that `free` are left. */
async function full(client: Client, path: string, size: number, ...free: number[]): Promise<void> {
  const answer = await client.refused(putOf(path, size), 'quota-exceeded')
  if (!free.includes(Number(answer.free)))
    same(answer.free, free[0], `free in the refusal of a put of ${size} bytes`)
}

function putOf(path: string, size: number): Message {
  return { op: 'put', path, size, sha256: sha256(Buffer.alloc(size, 7)) }
}

export const quota = () =>
  describe('quota', () => {
    test(
      'refuses what is too much before a byte is taken, and says what is free',
      about(2),
      async ({ site, random }) => {
        await site.start([poor, bob])
        const client = await site.login(poor)
        await full(client, 'a.bin', 1001, 1000)
        await client.put('a.bin', random.bytes(400))
        await full(client, 'b.bin', 601, 600)
        await client.put('b.bin', random.bytes(600))
        await full(client, 'c.bin', 1, 0)
        await client.expectNames(['a.bin', 'b.bin'])
        await (await site.login(bob)).put('c.bin', random.bytes(1001))
      },
    )

    test('counts the files in directories too', about(1), async ({ site, random }) => {
      await site.start([poor])
      const client = await site.login(poor)
      await client.expect({ op: 'mkdir', path: 'a' }, { ok: true })
      await client.expect({ op: 'mkdir', path: 'a/b' }, { ok: true })
      await client.put('a/one.bin', random.bytes(300))
      await client.put('a/b/two.bin', random.bytes(300))
      await full(client, 'c.bin', 401, 400)
      await client.put('c.bin', random.bytes(400))
    })

    test('does not count a file that is being replaced', about(1), async ({ site, random }) => {
      await site.start([poor])
      const client = await site.login(poor)
      await client.put('a.bin', random.bytes(700))
      await client.put('a.bin', random.bytes(900))
      // What a new file could take, or what this one could: both are true.
      await full(client, 'a.bin', 1001, 100, 1000)
      await full(client, 'b.bin', 101, 100)
      await client.put('a.bin', random.bytes(1000))
      await client.put('a.bin', random.bytes(10))
      await full(client, 'b.bin', 991, 990)
    })

    test('lets two uploads at once not pass it together', about(3), async ({ site, random }) => {
      await site.start([poor])
      const [first, second] = [await site.login(poor), await site.login(poor)]
      const bytes = random.bytes(600)
      await first.announce('a.bin', bytes)
      await full(second, 'b.bin', 401, 400)
      await first.peer.write(bytes.subarray(0, 300))
      await full(second, 'b.bin', 600, 400)
      await second.put('b.bin', random.bytes(400))
      await full(second, 'c.bin', 1, 0)
      await first.peer.write(bytes.subarray(300))
      await first.stored('a.bin')
      await full(second, 'c.bin', 1, 0)
      await second.expectNames(['a.bin', 'b.bin'])
    })

    test(
      'gives the room back when an upload is cut or has wrong bytes',
      about(2),
      async ({ site, watch, random }) => {
        await site.start([poor])
        const client = await site.login(poor)
        for (const way of ['reset', 'end'] as const) {
          const other = await site.login(poor)
          const bytes = random.bytes(600)
          await other.announce(`${way}.bin`, bytes)
          await other.peer.write(bytes.subarray(0, 500))
          await watch.settled()
          other.peer[way]()
          await watch.settled()
          await full(client, 'a.bin', 1001, 1000)
        }
        const put = putOf('wrong.bin', 600)
        await client.expect(put, { ok: true, offset: 0 })
        await client.peer.write(Buffer.alloc(600, 8))
        await client.peer.readLine()
        await full(client, 'a.bin', 1001, 1000)
        await client.put('a.bin', random.bytes(1000))
      },
    )

    test(
      'counts what was there before it started, and never says that less than 0 is free',
      about(1),
      async ({ site, random }) => {
        const [a, b] = [poor, { ...bob, quotaBytes: 1000 }]
        site.place(a, 'much.bin', random.bytes(1500))
        site.place(b, 'old.bin', random.bytes(300))
        await site.start([a, b])
        await full(await site.login(a), 'b.bin', 1, 0)
        const empty = site.upload(site.session(a), site.local('empty', ''), 'empty')
        await resolved(empty, 'an empty file needs no room')
        await full(await site.login(b), 'b.bin', 701, 700)
      },
    )
  })
