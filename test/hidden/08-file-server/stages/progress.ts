import { describe } from 'vitest'
import { eventually, rejection, same } from '../../../harness/index.ts'
import type { Ways } from './our-server.ts'
import { ensure, type Message, refusal, sha256 } from './protocol.ts'
import { ann, type Site, test } from './site.ts'

const about = (points: number) => ({ meta: { points, lesson: 'Showing progress' } })

const NAME = 'report.bin'
const SIZE = 100_000
/** As far as the transfers come that are cut, in bytes. */
const PART = 60_000
/** Longer than anybody would leave a user without news, in milliseconds. */
const TIMER_MS = 5_000

export const progress = () =>
  describe('progress', () => {
    test(
      'prints percentages of an upload that only grow, and 100% once',
      about(1),
      async ({ freshSite: site, watch, random }) => {
        const server = await site.ours(ann)
        for (const size of [SIZE, 1, 0]) {
          const from = lines(site)
          const local = site.local(NAME, random.bytes(size))
          await server.serve(site.upload(site.session(ann, server.address), local, NAME))
          await watch.settled()
          sameGrowth(percentages(site, from), `an upload of ${size} bytes`)
        }
      },
    )

    test(
      'prints percentages of a download while it comes, and 100% once',
      about(2),
      async ({ freshSite: site, watch, random }) => {
        const server = await site.ours(ann)
        const bytes = random.bytes(SIZE)
        server.files.set(NAME, bytes)
        const call = site.download(site.session(ann, server.address), NAME, site.local(NAME))
        await server.serve(call, {
          answer: async (request, { say, peer }) => {
            if (request.op !== 'get') return false
            await say({ ok: true, size: SIZE, sha256: sha256(bytes) })
            await peer.write(bytes.subarray(0, SIZE / 2))
            // A program may print from a timer.
            await eventually(watch, async () => percentages(site).length > 0, TIMER_MS)
            const now = percentages(site)
            const isRight = now.length > 0 && now.every((percent) => percent <= 50)
            ensure(
              isRight,
              `half of the file had come, and the percentages were ${now.join(', ') || 'none'}`,
            )
            await peer.write(bytes.subarray(SIZE / 2))
            return true
          },
        })
        await watch.settled()
        sameGrowth(percentages(site), 'the download')
      },
    )

    test(
      'prints 100% of an upload when the server has said that it is whole',
      about(2),
      async ({ freshSite: site, watch, random }) => {
        const server = await site.ours(ann)
        const local = site.local(NAME, random.bytes(SIZE))
        const session = site.session(ann, server.address)
        const mismatch = refusal('checksum-mismatch')
        // The second has a byte of the file each time, and that byte is always wrong.
        const offers: [number, Message][] = [
          [0, mismatch],
          [1, mismatch],
          [0, { ok: true }],
        ]
        for (const [offset, answer] of offers) {
          const ways: Ways = {
            answer: async (request, { say, peer }) => {
              if (request.op !== 'put') return false
              await say({ ok: true, offset })
              await peer.read(SIZE - offset)
              await watch.settled()
              noHundred(site, 'before the server had said that the file is whole')
              await say(answer)
              return true
            },
          }
          const call = server.serve(site.upload(session, local, NAME), ways)
          if (answer.ok) await call
          else await rejection(call, 'checksum-mismatch was due')
          await watch.settled()
          if (!answer.ok) noHundred(site, 'though the server refused the file')
        }
        same(
          percentages(site).filter((percent) => percent === 100),
          [100],
          'the percentages of 100',
        )
      },
    )

    test(
      'prints no 100% of a download with wrong bytes',
      about(1),
      async ({ freshSite: site, watch, random }) => {
        const server = await site.ours(ann)
        const bytes = random.bytes(SIZE)
        const call = site.download(site.session(ann, server.address), NAME, site.local(NAME))
        const refused = server.serve(call, {
          answer: async (request, { say, peer }) => {
            if (request.op !== 'get') return false
            await say({ ok: true, size: SIZE, sha256: sha256(bytes) })
            await peer.write(Buffer.alloc(SIZE - Number(request.offset ?? 0)))
            return true
          },
        })
        await rejection(refused, 'the bytes had another digest than the server had named')
        await watch.settled()
        noHundred(site, 'though the bytes were wrong')
        server.files.set(NAME, bytes)
        const session = site.session(ann, server.address)
        await server.serve(site.download(session, NAME, site.local(NAME)))
        await watch.settled()
        const hundreds = percentages(site).filter((percent) => percent === 100)
        same(hundreds, [100], 'the percentages of 100 when the right bytes had come')
      },
    )

    test(
      'begins where a resumed upload begins',
      about(1),
      async ({ freshSite: site, watch, random }) => {
        const server = await site.ours(ann)
        const bytes = Buffer.from(random.bytes(SIZE))
        server.parts.set(NAME, bytes.subarray(0, PART))
        const call = site.upload(site.session(ann, server.address), site.local(NAME, bytes), NAME)
        same((await server.serve(call))?.resumedFrom, PART, 'resumedFrom')
        await watch.settled()
        sameGrowth(percentages(site), 'the resumed upload', PART)
      },
    )

    test(
      'begins where a resumed download begins',
      about(1),
      async ({ freshSite: site, watch, random }) => {
        const server = await site.ours(ann)
        const bytes = random.bytes(SIZE)
        server.files.set(NAME, bytes)
        const download = () =>
          site.download(site.session(ann, server.address), NAME, site.local(NAME))
        const cut = server.serve(download(), {
          answer: async (request, { say, peer }) => {
            if (request.op !== 'get') return false
            await say({ ok: true, size: SIZE, sha256: sha256(bytes) })
            await peer.write(bytes.subarray(0, PART))
            await watch.settled()
            peer.end()
            return true
          },
        })
        await rejection(cut, 'the connection ended in mid-file')
        await watch.settled()
        const from = lines(site)
        const { resumedFrom } = await server.serve(download())
        await watch.settled()
        sameGrowth(percentages(site, from), 'the resumed download', resumedFrom)
      },
    )
  })

/** How many lines have been printed. */
function lines(site: Site): number {
  return site.student.stdout.lines.length
}

/** The percentages printed since there were `from` lines. The name may be a whole path. */
function percentages(site: Site, from = 0): number[] {
  return site.student.stdout.lines.slice(from).flatMap((line) => {
    const [, percent] = /^(?:.*\/)?report\.bin (\d{1,3})%$/.exec(line) ?? []
    return percent === undefined ? [] : [Number(percent)]
  })
}

function sameGrowth(percents: number[], of: string, resumedFrom = 0): void {
  const least = Math.floor((resumedFrom / SIZE) * 100)
  ensure(percents.length > 0, `no percentages were printed for ${of}`)
  const [first = -1] = percents
  ensure(first >= least, `the percentages of ${of} began at ${first}%, though ${least}% was there`)
  const grows = percents.every((percent, i) => percent >= (percents[i - 1] ?? 0))
  ensure(grows, `the percentages of ${of} did not only grow: ${percents.join(', ')}`)
  same(
    percents.filter((percent) => percent >= 100),
    [100],
    `the percentages of 100 for ${of}`,
  )
}

function noHundred(site: Site, when: string): void {
  ensure(!percentages(site).includes(100), `100% was printed ${when}`)
}
