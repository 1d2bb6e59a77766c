import fs from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { root } from '../../grader/manifest.ts'
import { cut, everyByte } from '../../grader/wire/cuts.ts'
import { Buffer as SmallBuffer } from '../../site/bench/buffer.ts'
import { bundleBench, loadExperiments } from '../../site/bench/bundle.ts'
import { glyphs, quoted } from '../../site/bench/glyphs.ts'
import { everyPlace, judge, run, streamOf } from '../../site/bench/model.ts'
import { nearestPlace } from '../../site/bench/nearest-place.ts'
import { lessonRegions } from '../../site/bench/regions.ts'

const experiments = await loadExperiments()
const example = (name: string) =>
  fs.readFileSync(path.join(root, 'lessons/06-sticky-packets/examples', `${name}.ts`), 'utf8')

function find(id: string, name: string) {
  const experiment = experiments.find((one) => one.id === id)
  const decoder = experiment?.decoders.find((one) => one.name === name)
  if (!experiment || !decoder) throw new Error(`no ${name} in ${id}`)
  return { experiment, decoder }
}

/** The places where one cut gives a decoder away. */
function wrongPlaces(id: string, name: string): number[] {
  const { experiment, decoder } = find(id, name)
  return everyPlace(experiment, decoder).flatMap((isRight, i) => (isRight ? [] : [i + 1]))
}

function outcome(id: string, name: string, cuts: readonly number[]) {
  const { experiment, decoder } = find(id, name)
  return judge(experiment, run(decoder, cut(streamOf(experiment), cuts)), true)
}

describe('the model', () => {
  const pairs = experiments.flatMap((experiment) =>
    experiment.decoders.map((decoder) => ({ experiment, decoder, name: decoder.name })),
  )

  test.each(pairs.filter(({ decoder }) => decoder.isRight))(
    '$name is right however the stream is cut',
    ({ experiment, decoder }) => {
      const stream = streamOf(experiment)
      fc.assert(
        fc.property(fc.subarray([...everyByte(stream.length)]), (cuts) => {
          const { verdict, out } = judge(experiment, run(decoder, cut(stream, cuts)), true)
          expect(verdict).toBe('right')
          expect(out).toEqual(experiment.due)
        }),
      )
    },
  )

  test.each(pairs.filter(({ decoder }) => !decoder.isRight))(
    '$name is wrong with the cuts that the bench begins with',
    ({ experiment, name }) => {
      expect(outcome(experiment.id, name, experiment.cuts).verdict).toBe('wrong')
    },
  )

  test('finds each wrong reader of lines where the lesson does', () => {
    expect(example('cuts')).toContain(JSON.stringify('one\r\n\r\ntwo\r\n').replaceAll('"', "'"))
    expect(Buffer.from(streamOf(find('lines', 'patient').experiment)).toString()).toBe(
      'one\r\n\r\ntwo\r\n',
    )
    expect(wrongPlaces('lines', 'forgetful')).toEqual([1, 2, 3, 4, 6, 8, 9, 10, 11])
    expect(wrongPlaces('lines', 'shortsighted')).toEqual([11])
    expect(wrongPlaces('lines', 'hasty')).toHaveLength(11)
    expect(outcome('lines', 'shortsighted', everyByte(12)).out).toEqual([])
    expect(outcome('lines', 'hasty', everyByte(12)).verdict).toBe('right')
  })

  test('finds each wrong reader of frames where it left out a question', () => {
    const stream = Buffer.from(streamOf(find('frames', 'frameReader').experiment)).toString('hex')
    expect(stream).toBe('0002686900000006e4bda0e5a5bd')
    expect(wrongPlaces('frames', 'headlong')).toEqual([1, 5, 7])
    expect(wrongPlaces('frames', 'trusting')).toEqual([2, 3, 8, 9, 10, 11, 12, 13])
  })

  test('finds the wrong decoder of text within characters only', () => {
    expect(wrongPlaces('characters', 'alone')).toEqual([3, 7, 8, 10, 11])
  })

  test('tells what came out and what is kept after each chunk', () => {
    const { experiment, decoder } = find('lines', 'shortsighted')
    const chunks = cut(streamOf(experiment), [2, 11])
    expect(run(decoder, chunks)).toEqual([
      { messages: [], kept: 'on' },
      { messages: ['one', ''], kept: 'two\r' },
      { messages: [], kept: 'two\r\n' },
    ])
    const streaming = find('characters', 'streaming')
    const [, step] = run(streaming.decoder, cut(streamOf(streaming.experiment), [6, 8]))
    expect(step).toEqual({ messages: [''], kept: Uint8Array.of(0xe4, 0xbd) })
  })

  test('gives no chunk to a decoder that has thrown', () => {
    const { threw, wrongAt, out } = outcome('frames', 'headlong', [4, 5])
    expect({ threw, wrongAt, out }).toEqual({
      threw: 'ERR_BUFFER_OUT_OF_BOUNDS',
      wrongAt: 1,
      out: ['hi'],
    })
    const { experiment, decoder } = find('frames', 'headlong')
    expect(run(decoder, cut(streamOf(experiment), [1, 2, 3]))).toHaveLength(1)
  })

  test('calls nothing wrong that may still come', () => {
    const { experiment, decoder } = find('lines', 'patient')
    const steps = run(decoder, cut(streamOf(experiment), [3]).slice(0, 1))
    expect(judge(experiment, steps, false).verdict).toBe('going')
    expect(judge(experiment, steps, true)).toMatchObject({ verdict: 'wrong', wrongAt: 0 })
  })

  test('a point belongs to the nearest place in its row', () => {
    // Two rows of three bytes, 10 wide and 10 high, 20 from row to row.
    const boxes = [0, 1, 2, 3, 4, 5].map((i) => {
      const left = (i % 3) * 10
      const top = Math.floor(i / 3) * 20
      return { left, right: left + 10, top, bottom: top + 10 }
    })
    const at = (x: number, y: number) => nearestPlace(boxes, { x, y })
    expect([at(9, 5), at(22, 5), at(30, 5)]).toEqual([1, 2, 3])
    expect([at(0, 25), at(12, 25), at(99, 25)]).toEqual([3, 4, 5])
  })

  test('shows bytes by their characters', () => {
    expect(glyphs(Buffer.from('a \r\n你\0'))).toEqual(['a', '␣', '\\r', '\\n', '你', '…', '…', '·'])
    expect(quoted('a\r\n"\0')).toBe('"a\\r\\n\\"\\x00"')
  })
})

describe('the bundle', () => {
  test('is at most 9 KB', async () => {
    expect(gzipSync(await bundleBench(), { level: 9 }).length).toBeLessThan(9 * 1024)
  })

  test('is made of the files that the lesson quotes', async () => {
    const { metafile } = await build({
      entryPoints: [path.join(root, 'site/bench/experiments.ts')],
      bundle: true,
      write: false,
      format: 'esm',
      metafile: true,
      plugins: [lessonRegions],
    })
    const regions = Object.keys(metafile.inputs).filter((name) => name.startsWith('lesson:'))
    const lesson = fs.readFileSync(path.join(root, 'lessons/06-sticky-packets/README.md'), 'utf8')
    expect(regions).toHaveLength(4)
    for (const region of regions) {
      const [, name, part] = /([\w-]+)#([\w-]+)$/.exec(region) ?? []
      expect(lesson).toContain(`// examples/${name}.ts#${part}\n`)
    }
  })

  test('says which region a file lacks', async () => {
    const missing = build({
      stdin: { contents: "import 'lesson:06-sticky-packets/cuts#nowhere'" },
      bundle: true,
      write: false,
      logLevel: 'silent',
      plugins: [lessonRegions],
    })
    await expect(missing).rejects.toThrow('cuts.ts has no region nowhere')
  })

  test('has a Buffer that does what the real one does', () => {
    const numbers = (bytes: Uint8Array) => [...bytes]
    const byteStrings = fc.uint8Array({ maxLength: 12 })
    fc.assert(
      fc.property(byteStrings, byteStrings, fc.nat(12), fc.nat(12), (a, b, from, to) => {
        const real = Buffer.concat([Buffer.from(a), Buffer.from(b)])
        const small = SmallBuffer.concat([SmallBuffer.from(a), SmallBuffer.from(b)])
        expect(numbers(small)).toEqual(numbers(real))
        expect(String(small)).toBe(String(real))
        expect(small.toString('utf8', from, to)).toBe(real.toString('utf8', from, to))
        const rest = small.subarray(from) as SmallBuffer
        expect(rest).toBeInstanceOf(SmallBuffer)
        expect(thrownOr(() => rest.readUInt16BE(0))).toBe(
          thrownOr(() => real.subarray(from).readUInt16BE(0)),
        )
      }),
    )
    expect(numbers(SmallBuffer.from('Zoë'))).toEqual(numbers(Buffer.from('Zoë')))
    expect(numbers(SmallBuffer.alloc(3))).toEqual([0, 0, 0])
  })
})

function thrownOr<T>(call: () => T): T | string {
  try {
    return call()
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'no code'
  }
}
