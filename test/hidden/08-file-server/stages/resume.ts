import net from 'node:net'
import { describe } from 'vitest'
import { rejection, same, sameFields } from '../../../harness/index.ts'
import type { Ways } from './our-server.ts'
import { ensure, sha256 } from './protocol.ts'
import { ann, bob, filesBelow, read, resolved, test } from './site.ts'

const about = (points: number) => ({ meta: { points, lesson: 'Going on after a cut' } })

const SIZE = 3000

export const resume = () =>
  describe('resume', () => {
    test('goes on with an upload where it was cut', about(3), async ({ site, watch, random }) => {
      await site.start([ann])
      const other = await site.login(ann)
      const names: string[] = []
      for (const way of ['reset', 'end'] as const) {
        for (const sent of [0, 1, 1500, SIZE - 1, SIZE]) {
          const bytes = Buffer.from(random.bytes(SIZE))
          const name = `${way}-${sent}.bin`
          const cut = await site.login(ann)
          await cut.announce(name, bytes)
          await cut.peer.write(bytes.subarray(0, sent))
          // After the last byte the answer is on its way, and the file may be whole.
          if (sent < SIZE) await watch.settled()
          cut.peer[way]()
          await watch.settled()
          const shown = (await other.list()).map((entry) => entry.name)
          if (sent < SIZE) same(shown, names, `what ls shows after a cut at byte ${sent}`)
          const client = await site.login(ann)
          const offset = await client.put(name, bytes)
          const isGoingOn = sent < 1500 || sent === SIZE || (offset > 0 && offset <= sent)
          ensure(
            isGoingOn,
            `an upload was cut at byte ${sent}, and the next one began at ${offset}`,
          )
          await other.expectFile(name, bytes)
          names.push(name)
          names.sort()
        }
      }
    })

    test(
      'shows nothing of what it keeps of a cut upload',
      about(1),
      async ({ site, watch, random }) => {
        const poor = { ...ann, quotaBytes: SIZE }
        await site.start([poor, bob])
        const bytes = Buffer.from(random.bytes(SIZE))
        const cut = await site.login(poor)
        await cut.announce('a.bin', bytes)
        await cut.peer.write(bytes.subarray(0, 2000))
        await watch.settled()
        cut.peer.end()
        await watch.settled()
        const client = await site.login(poor)
        await client.expectNames([])
        await client.refused({ op: 'get', path: 'a.bin', offset: 0 }, 'not-found')
        same(filesBelow(site.home(poor)), [], "the files in the user's home")
        await client.put('b.bin', random.bytes(SIZE))
        await (await site.login(bob)).expectNames([])
      },
    )

    test(
      'goes on with an upload after the program was killed',
      about(2),
      async ({ site, watch, random }) => {
        await site.start([ann])
        const [kept, bytes] = [
          Buffer.from(random.bytes(SIZE)),
          Buffer.from(random.bytes(50 * SIZE)),
        ]
        const cut = await site.login(ann)
        await cut.put('kept.bin', kept)
        await cut.announce('a.bin', bytes)
        await cut.peer.write(bytes.subarray(0, 40 * SIZE))
        await watch.settled()
        await site.student.restart()
        await site.start([ann])
        const client = await site.login(ann)
        await client.expectNames(['kept.bin'])
        const offset = await client.put('a.bin', bytes)
        const goesOn = offset > 0 && offset <= 40 * SIZE
        ensure(goesOn, `${40 * SIZE} bytes had come, and the upload began at ${offset} again`)
        await client.expectFile('a.bin', bytes)
        await client.expectFile('kept.bin', kept)
      },
    )

    test(
      'puts nothing of another file after what it keeps of the first',
      about(1),
      async ({ site, watch, random }) => {
        await site.start([ann])
        const bytes = Buffer.from(random.bytes(SIZE))
        for (const size of [SIZE, SIZE + 500, 1000]) {
          const cut = await site.login(ann)
          await cut.announce('a.bin', bytes)
          await cut.peer.write(bytes.subarray(0, 2000))
          await watch.settled()
          cut.peer.end()
          await watch.settled()
          const other = Buffer.from(random.bytes(size))
          const client = await site.login(ann)
          same(await client.put('a.bin', other), 0, 'the offset for a file that has changed')
          await client.expectFile('a.bin', other)
        }
      },
    )

    test(
      'its client goes on with a download where it was cut',
      about(2),
      async ({ site, watch, random }) => {
        const server = await site.ours(ann)
        for (const way of ['end', 'reset'] as const) {
          const bytes = Buffer.from(random.bytes(SIZE))
          const name = `${way}.bin`
          server.files.set(name, bytes)
          const local = site.local(name)
          const download = () => site.download(site.session(ann, server.address), name, local)
          const cut = server.serve(download(), cutting(bytes, 2000, way, watch))
          await rejection(cut, 'the connection was cut in mid-file')
          same(read(local), undefined, 'what is at local after a cut')
          const again = server.serve(download())
          const done = await resolved(again, 'the download was to go on')
          same([done.size, done.sha256], [SIZE, sha256(bytes)], 'size and sha256')
          const { resumedFrom } = done
          const goesOn = resumedFrom > 0 && resumedFrom <= 2000
          ensure(goesOn, `2000 bytes had come, and resumedFrom was ${resumedFrom}`)
          ensure(read(local)?.equals(bytes) === true, 'local is not the file, byte for byte')
        }
      },
    )

    test(
      'its client begins anew when the file has changed',
      about(2),
      async ({ site, watch, random }) => {
        const server = await site.ours(ann)
        const local = site.local('a.bin')
        const download = () => site.download(site.session(ann, server.address), 'a.bin', local)
        for (const size of [SIZE, SIZE + 500, 1000]) {
          const first = Buffer.from(random.bytes(SIZE))
          const changed = Buffer.from(random.bytes(size))
          const cut = server.serve(download(), cutting(first, 2000, 'end', watch))
          await rejection(cut, 'the connection was cut in mid-file')
          server.files.set('a.bin', changed)
          const again = server.serve(download())
          const done = await resolved(again, 'the download was to begin anew')
          const due = { size, sha256: sha256(changed), resumedFrom: 0 }
          sameFields(done, due, 'what download resolved with when the file had changed')
          ensure(read(local)?.equals(changed) === true, 'local is not the file as it is now')
        }
      },
    )

    test(
      'its two ends go on with what was cut between them',
      about(2),
      async ({ site, closing, watch, random }) => {
        await site.start([ann])
        const line = await breakingLine(site.address)
        closing.add(() => line.close())
        const size = 100 * SIZE
        const bytes = Buffer.from(random.bytes(size))
        const session = site.session(ann, line.address)
        const [there, back] = [site.local('a.bin', bytes), site.local('back.bin')]
        const transfers = {
          up: () => site.upload(session, there, 'a.bin'),
          down: () => site.download(session, 'a.bin', back),
        }
        for (const way of ['up', 'down'] as const) {
          const full = line.holdAfter(way, size / 2)
          const cut = transfers[way]()
          await Promise.race([full, cut])
          await watch.settled()
          line.cut()
          await rejection(cut, 'the connection was cut in mid-file')
          await watch.settled()
          const done = await resolved(transfers[way](), 'the transfer was to go on')
          same([done.size, done.sha256], [size, sha256(bytes)], 'size and sha256')
          ensure(done.resumedFrom > 0, `half of the file had gone ${way}, and resumedFrom was 0`)
        }
        ensure(read(back)?.equals(bytes) === true, 'the file did not come back as it went')
      },
    )
  })

/** Sends a file up to a byte, and cuts the connection there. */
function cutting(
  bytes: Buffer,
  at: number,
  way: 'end' | 'reset',
  watch: { settled(): Promise<void> },
): Ways {
  return {
    answer: async (request, wire) => {
      if (request.op !== 'get') return false
      await wire.say({ ok: true, size: bytes.length, sha256: sha256(bytes) })
      await wire.peer.write(bytes.subarray(Number(request.offset ?? 0), at))
      await watch.settled()
      wire.cut(way)
      return true
    },
  }
}

type Way = 'up' | 'down'

/** A relay to a server that can be told to hold one direction after so many bytes, and to break. */
async function breakingLine(to: { host: string; port: number }) {
  const sockets = new Set<net.Socket>()
  let held: { way: Way; after: number; full: () => void } | undefined
  const relay = (from: net.Socket, into: net.Socket, way: Way) => {
    let passed = 0
    from.on('data', (chunk: Buffer) => {
      const room = held?.way === way ? held.after - passed : chunk.length
      passed += Math.min(room, chunk.length)
      into.write(chunk.subarray(0, Math.max(0, room)))
      if (held?.way === way && passed >= held.after) held.full()
    })
    from.on('end', () => into.end())
    from.on('error', () => into.destroy())
    from.on('close', () => sockets.delete(from))
    sockets.add(from)
  }
  const server = net.createServer({ allowHalfOpen: true }, (near) => {
    const far = net.connect({ ...to, allowHalfOpen: true })
    relay(near, far, 'up')
    relay(far, near, 'down')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as net.AddressInfo
  const cut = () => {
    held = undefined
    for (const socket of sockets) socket.destroy()
  }
  return {
    address: { host: '127.0.0.1', port },
    /** Resolves when so many bytes have passed that way; no more do. */
    holdAfter: (way: Way, after: number) =>
      new Promise<void>((full) => {
        held = { way, after, full }
      }),
    cut,
    close: () => {
      cut()
      server.close()
    },
  }
}
