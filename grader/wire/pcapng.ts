import fs from 'node:fs'
import { BadCall } from '../exit.ts'
import { type Packet, packetsOf } from './packets.ts'
import type { Recording } from './recording.ts'

/** A recording to be written as packets: one test, or one session. */
export type Capture = {
  /** what it is a recording of: the title of a test */
  title: string
  recording: Recording
  /** what else there is to say about it, beside its first packet */
  notes?: string[]
}

const SECTION = 0x0a0d0d0a
const INTERFACE = 1
const ENHANCED_PACKET = 6
/** Packets begin with their IP header, whose first four bits say which IP. */
const LINKTYPE_RAW = 101
const OPTION = { end: 0, comment: 1, name: 2, description: 3, application: 4 }
/** A comment is cut to so many characters. */
const MOST_TEXT = 2_000

const ORIGIN = `Made by the socket course from a recording of what the program's sockets did. It is no capture: bytes, ends, order and times are as recorded; handshakes, acknowledgements, windows and sequence numbers were added, and of a long write only the beginning is kept.`

/**
 * Recordings as a pcapng file (draft-ietf-opsawg-pcapng) that Wireshark and tshark read. Each capture is
 * an interface of its own, so that `frame.interface_description` tells tests apart; they stand one
 * after another, each from a whole second on, the first at `began` (milliseconds since 1970). Titles, notes
 * and what a recording tells in words are packet comments. Connections over UNIX sockets have no packets
 * and are left out; a comment of the section says how many.
 */
export function pcapng(captures: readonly Capture[], began = Date.now()): Buffer {
  return made(captures, began).file
}

/**
 * Writes recordings as a pcapng file and returns a sentence that says what is in it. Throws a BadCall
 * when the file cannot be written.
 */
export function writePcap(file: string, captures: readonly Capture[], began?: number): string {
  const { file: bytes, packets, leftOut } = made(captures, began ?? Date.now())
  attempt(file, () => fs.writeFileSync(file, bytes))
  const left = leftOut > 0 ? `; ${count(leftOut, 'connection')} over UNIX sockets left out` : ''
  return `${count(packets, 'packet')} in ${file}, for Wireshark${left}`
}

/** Throws a BadCall when the file cannot be written: before the work that it is to hold is done. */
export function mustBeWritable(file: string): void {
  attempt(file, () => fs.closeSync(fs.openSync(file, 'a')))
}

function attempt(file: string, write: () => void): void {
  try {
    write()
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message
    throw new BadCall(`the file for Wireshark, ${file}, cannot be written (${why}); name another`)
  }
}

function made(captures: readonly Capture[], began: number) {
  const all = captures.map((capture, i) => ({ ...capture, ...packetsOf(capture.recording, i) }))
  const leftOut = all.reduce((sum, one) => sum + one.leftOut, 0)
  const unix = `Left out: ${count(leftOut, 'connection')} over UNIX sockets, which have no packets.`
  const head = block(SECTION, sectionHeader(), [
    [OPTION.comment, ORIGIN],
    ...(leftOut > 0 ? [option(OPTION.comment, unix)] : []),
    [OPTION.application, 'socket course'],
  ])
  const interfaces = all.map(({ title, notes = [], comments, packets }, i) =>
    block(INTERFACE, interfaceDescription(), [
      [OPTION.name, `recording ${i + 1}`],
      [OPTION.description, title],
      // Beside the first packet they are seen; without any this is the place.
      ...(packets.length === 0 ? [...notes, ...comments] : []).map((text) =>
        option(OPTION.comment, text),
      ),
    ]),
  )
  let start = began
  const packets = all.flatMap(({ title, notes = [], packets }, i) => {
    const from = start
    start = from + 1_000 * Math.ceil(((packets.at(-1)?.at ?? 0) + 1) / 1_000)
    return packets.map((packet, k) =>
      block(ENHANCED_PACKET, packetBody(i, from + packet.at, packet), [
        ...(k === 0 ? [title, ...notes] : []).map((text) => option(OPTION.comment, text)),
        ...packet.comments.map((text) => option(OPTION.comment, text)),
      ]),
    )
  })
  return {
    file: Buffer.concat([head, ...interfaces, ...packets]),
    packets: packets.length,
    leftOut,
  }
}

type Option = [code: number, text: string]
const option = (code: number, text: string): Option => [code, text]

/** A block is its type, its length, the body, options, and its length once more; all in multiples of four. */
function block(type: number, body: Buffer, options: Option[]): Buffer {
  const texts = options.map(([code, text]) => {
    const value = Buffer.from(text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)} …` : text)
    return Buffer.concat([numbers(2, code, value.length), padded(value)])
  })
  const end = texts.length > 0 ? numbers(2, OPTION.end, 0) : Buffer.alloc(0)
  const content = Buffer.concat([padded(body), ...texts, end])
  const length = content.length + 12
  return Buffer.concat([numbers(4, type, length), content, numbers(4, length)])
}

function sectionHeader(): Buffer {
  const unknownLength = Buffer.alloc(8, 0xff)
  return Buffer.concat([numbers(4, 0x1a2b3c4d), numbers(2, 1, 0), unknownLength])
}

function interfaceDescription(): Buffer {
  return Buffer.concat([numbers(2, LINKTYPE_RAW, 0), numbers(4, 0)])
}

function packetBody(interfaceNumber: number, atMs: number, { bytes, length }: Packet): Buffer {
  const micros = BigInt(Math.round(atMs * 1_000))
  const [high, low] = [Number(micros >> 32n), Number(micros & 0xffff_ffffn)]
  return Buffer.concat([numbers(4, interfaceNumber, high, low, bytes.length, length), bytes])
}

/** Unsigned integers of `size` bytes each, little-endian. */
function numbers(size: 2 | 4, ...values: number[]): Buffer {
  const bytes = Buffer.alloc(size * values.length)
  for (const [i, value] of values.entries()) bytes.writeUIntLE(value, i * size, size)
  return bytes
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)])
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`
}
