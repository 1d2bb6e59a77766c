// Only for esbuild (bundle.ts): the decoders are cut out of the lesson's examples.

import { forgetful, hasty, patient, shortsighted } from 'lesson:06-sticky-packets/cuts#readers'
import { frameReader } from 'lesson:06-sticky-packets/frames#frames'
import { alone, streaming } from 'lesson:06-sticky-packets/through-strings#decoders'
import { headlong, trusting } from 'lesson:06-sticky-packets/unasked#unasked'
import { html } from 'hono/html'
import type { Decoder, Experiment, Part } from './model.ts'
import { watching } from './watch.ts'

type Read = (chunk: Buffer) => string[]

const encoder = new TextEncoder()

export const experiments: Experiment[] = [
  {
    id: 'lines',
    title: 'Lines',
    about: html`Three messages, each with <code>\\r\\n</code> behind it (dotted). The second one is empty.`,
    parts: ['one', '', 'two'].flatMap((text, message): Part[] => [
      { bytes: encoder.encode(text), message, isMark: false },
      { bytes: encoder.encode('\r\n'), message, isMark: true },
    ]),
    due: ['one', '', 'two'],
    chunksAs: 'text',
    isText: false,
    cuts: [11],
    decoders: [
      reader(ofStrings(forgetful), 'forgetful', {
        wrong: 'It looks at each chunk by itself, and throws away a message that has no end yet.',
      }),
      reader(ofStrings(shortsighted), 'shortsighted', {
        wrong: 'It looks for an end in the new chunk only, and never sees one that was cut in two.',
      }),
      reader(ofStrings(hasty), 'hasty', {
        wrong: 'It takes off one message a chunk; the others lie whole in its memory.',
      }),
      reader(ofStrings(patient), 'patient', {
        right: 'It keeps the rest, looks at all of it, and takes off everything that is whole.',
      }),
    ],
  },
  {
    id: 'frames',
    title: 'Frames',
    about: html`Three messages, each with its length in two bytes before it (dotted). The second one is empty.`,
    parts: ['hi', '', '你好'].flatMap((text, message): Part[] => {
      const bytes = encoder.encode(text)
      return [
        { bytes: Uint8Array.of(bytes.length >> 8, bytes.length & 255), message, isMark: true },
        { bytes, message, isMark: false },
      ]
    }),
    due: ['hi', '', '你好'],
    chunksAs: 'hex',
    isText: false,
    cuts: [5, 9],
    decoders: [
      reader(headlong, 'headlong', {
        wrong: 'It reads a length of which only one byte has come, and throws.',
      }),
      reader(trusting, 'trusting', {
        wrong: 'It takes what has come for the whole body, and the rest of it for the next length.',
      }),
      reader(frameReader, 'frameReader', {
        right:
          'It asks whether the header is whole, then whether the body is, and else keeps both.',
      }),
    ],
  },
  {
    id: 'characters',
    title: 'Characters',
    about: html`One text in UTF-8. Its characters have one byte, two, or three.`,
    parts: [...'Zoë: 你好'].map((character, message) => ({
      bytes: encoder.encode(character),
      message,
      isMark: false,
    })),
    due: [...'Zoë: 你好'],
    chunksAs: 'hex',
    isText: true,
    cuts: [3, 7],
    decoders: [
      reader(inPieces(alone), 'alone', {
        wrong:
          'It decodes each chunk by itself, and breaks a character whose bytes come in two chunks.',
      }),
      {
        name: 'streaming',
        isRight: true,
        why: 'One decoder for the whole stream keeps the first bytes of a character until the rest comes.',
        start: startStreaming,
      },
    ],
  },
]

function reader(
  make: () => Read,
  name: string,
  why: { right: string } | { wrong: string },
): Decoder {
  const isRight = 'right' in why
  return {
    name,
    isRight,
    why: isRight ? why.right : why.wrong,
    start() {
      const { made, kept } = watching(make)
      return { read: (chunk) => made(Buffer.from(chunk)), kept: () => kept() as string | Buffer }
    },
  }
}

/** What a TextDecoder keeps cannot be seen: it is what went in and did not come out. */
function startStreaming() {
  const decode = streaming()
  const given: number[] = []
  let text = ''
  return {
    read(chunk: Uint8Array) {
      given.push(...chunk)
      const piece = decode(Buffer.from(chunk))
      text += piece
      return [piece]
    },
    kept: () => Uint8Array.from(given.slice(encoder.encode(text).length)),
  }
}

/** The readers of lines work on strings, which these streams allow: they are ASCII. */
function ofStrings(make: () => (chunk: string) => string[]): () => Read {
  return () => {
    const read = make()
    return (chunk) => read(String(chunk))
  }
}

function inPieces(make: () => (bytes: Buffer) => string): () => Read {
  return () => {
    const decode = make()
    return (chunk) => [decode(chunk)]
  }
}
