/** Recordings as packets: read back by a reader of our own, and by tshark where it is installed. */
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type Capture, mustBeWritable, pcapng, writePcap } from '../../../grader/wire/pcapng.ts'
import type { Name, Recording, Way, WireEvent } from '../../../grader/wire/recording.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pcap-'))
afterAll(() => fs.rmSync(folder, { recursive: true }))

const BEGAN = Date.UTC(2026, 10, 21)
const client = { address: '127.0.0.1', port: 51022 }
const server = { address: '::ffff:127.0.0.1', port: 4000 }
const six = (port: number) => ({ address: '::1', port })
const data = (way: Way, content: Buffer | string, conn: string, at: number): WireEvent => {
  const bytes = Buffer.from(content)
  return { kind: 'data', way, conn, at, bytes: bytes.subarray(0, 4096), length: bytes.length }
}

const datagram = (from: Name, to: Name): WireEvent => {
  return {
    kind: 'datagram',
    way: 'in',
    conn: 'C',
    at: 10,
    bytes: Buffer.from('ping'),
    length: 4,
    from,
    to,
  }
}

const RECORDING: Recording = [
  { kind: 'call', way: 'in', conn: '', text: "ask({ port: 4000 }, 'hi')", at: 0 },
  { kind: 'SYN', way: 'out', conn: 'A', at: 1, from: client, to: server },
  data('out', '你好\n', 'A', 2),
  data('in', Buffer.alloc(4000, 'odd'), 'A', 3),
  { kind: 'FIN', way: 'in', conn: 'A', at: 4 },
  { kind: 'FIN', way: 'out', conn: 'A', at: 5 },
  { kind: 'SYN', way: 'in', conn: 'B', at: 6, from: six(51023), to: six(80) },
  data('in', 'six', 'B', 7),
  { kind: 'RST', way: 'out', conn: 'B', at: 8 },
  { kind: 'refused', way: 'in', conn: '', at: 9, to: client },
  datagram(client, server),
  datagram(six(1), six(2)),
  { kind: 'lost', way: 'in', conn: 'C', at: 10 },
  { kind: 'note', way: 'in', conn: '', text: 'the end', at: 11 },
]
const LONG: Recording = [
  { kind: 'SYN', way: 'out', conn: 'A', at: 0, from: client, to: server },
  data('out', Buffer.alloc(150_000, 'x'), 'A', 1),
]
const UNIX: Recording = [
  { kind: 'SYN', way: 'in', conn: 'A', at: 0, from: at('/tmp/s'), to: at('/tmp/s') },
  data('in', 'hi', 'A', 1),
]
const CAPTURES: Capture[] = [
  { title: 'answers a question', recording: RECORDING, notes: ['fail: nothing came'] },
  { title: 'takes much', recording: LONG },
  { title: 'listens on a path', recording: UNIX },
]

function at(address: string) {
  return { address, port: 0 }
}

/** The blocks of a file, and of the packets what a reader of addresses and streams would see. */
function read(file: Buffer) {
  const blocks = []
  for (let i = 0; i < file.length; ) {
    const [type, length] = [file.readUInt32LE(i), file.readUInt32LE(i + 4)]
    expect(length % 4).toBe(0)
    expect(file.readUInt32LE(i + length - 4)).toBe(length)
    blocks.push({ type, body: file.subarray(i + 8, i + length - 4) })
    i += length
  }
  const [section, ...others] = blocks
  expect(section).toMatchObject({ type: 0x0a0d0d0a })
  expect(section?.body.readUInt32LE(0)).toBe(0x1a2b3c4d)
  const packets = others
    .filter(({ type }) => type === 6)
    .map(({ body }) => {
      const [of, high = 0, low = 0, kept = 0, length] = [0, 4, 8, 12, 16].map((k) =>
        body.readUInt32LE(k),
      )
      return { of, ms: (high * 2 ** 32 + low) / 1000, length, ip: body.subarray(20, 20 + kept) }
    })
  return { interfaces: others.filter(({ type }) => type === 1).length, packets }
}

/** The bytes of each one-way TCP stream, put in their places by their sequence numbers. */
function streams(packets: { ip: Buffer }[]): Record<string, string> {
  const found: Record<string, { first: number; bytes: Buffer }> = {}
  for (const { ip } of packets) {
    const isFour = (ip[0] ?? 0) >> 4 === 4
    if (ip[isFour ? 9 : 6] !== 6) continue
    const tcp = ip.subarray(isFour ? 20 : 40)
    const key = `${tcp.readUInt16BE(0)} ${tcp.readUInt16BE(2)}`
    const sequence = tcp.readUInt32BE(4)
    const stream = found[key] ?? { first: sequence + 1, bytes: Buffer.alloc(0) }
    found[key] = stream
    const payload = tcp.subarray(((tcp[12] ?? 0) >> 4) * 4)
    if (payload.length > 0) expect(sequence - stream.first).toBe(stream.bytes.length)
    stream.bytes = Buffer.concat([stream.bytes, payload])
  }
  return Object.fromEntries(Object.entries(found).map(([key, { bytes }]) => [key, String(bytes)]))
}

test('a reader finds a section, an interface a recording, and every byte in its place', () => {
  const { interfaces, packets } = read(pcapng(CAPTURES, BEGAN))
  expect(interfaces).toBe(3)
  const first = packets.filter(({ of }) => of === 0)
  expect(streams(first)).toEqual({
    '51022 4000': '你好\n',
    '4000 51022': String(Buffer.alloc(4000, 'odd')),
    '51023 80': 'six',
    '80 51023': '',
    '0 51022': '',
    '51022 0': '',
  })
  expect(first.map(({ ms }) => ms - BEGAN)).toEqual([
    ...[1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 6, 7, 7, 8, 9, 9, 10, 10],
  ])
  // The next recording begins at the next whole second; of a long write the beginning is there.
  const second = packets.filter(({ of }) => of === 1)
  expect(second[0]?.ms).toBe(BEGAN + 1_000)
  const lengths = second.map(({ length, ip }) => [length, ip.length])
  expect(lengths.slice(3)).toEqual([
    ...[65_515, 40, 65_515, 40].flatMap((length, i) => [[length, i === 0 ? 4_136 : 40]]),
    ...[
      [150_000 - 2 * 65_475 + 40, 40],
      [40, 40],
    ],
  ])
})

test('a file that cannot be written is a sentence, and what is left out is said', () => {
  const nowhere = path.join(folder, 'no/such/folder.pcapng')
  expect(() => mustBeWritable(nowhere)).toThrow(/folder\.pcapng, cannot be written \(ENOENT\)/)
  expect(() => writePcap(nowhere, CAPTURES)).toThrow(/cannot be written/)
  const file = path.join(folder, 'said.pcapng')
  expect(writePcap(file, CAPTURES, BEGAN)).toBe(
    `30 packets in ${file}, for Wireshark; 1 connection over UNIX sockets left out`,
  )
  expect(fs.readFileSync(file)).toEqual(pcapng(CAPTURES, BEGAN))
})

const hasTshark = spawnSync('tshark', ['--version']).status === 0
// Where the project is tested, tshark must be there; a user may do without.
describe.skipIf(!hasTshark && !process.env.CI)('tshark', () => {
  const file = path.join(folder, 'read.pcapng')
  const tshark = (...args: string[]) => {
    const checks = ['ip', 'tcp', 'udp'].flatMap((name) => ['-o', `${name}.check_checksum:TRUE`])
    return execFileSync('tshark', [...checks, '-r', file, ...args], { encoding: 'utf8' })
  }

  test('finds nothing malformed, no wrong checksum, no gap, and the comments', () => {
    writePcap(file, CAPTURES, BEGAN)
    const fields = [
      ...['_ws.malformed', 'ip.checksum.status', 'tcp.checksum.status', 'udp.checksum.status'],
      ...['tcp.analysis.flags', 'tcp.analysis.reused_ports', 'tcp.stream'],
      ...['frame.interface_description', 'frame.comment'],
    ]
    const rows = tshark('-T', 'fields', ...fields.flatMap((field) => ['-e', field]))
    const packets = rows
      .trimEnd()
      .split('\n')
      .map((row) => row.split('\t'))
    const column = (name: string) => packets.map((row) => row[fields.indexOf(name)])
    const counts = (name: string) =>
      Object.entries(Object.groupBy(column(name), (value) => value ?? '')).map(
        ([value, all]) => `${value || '-'}: ${all?.length}`,
      )
    expect(counts('_ws.malformed')).toEqual(['-: 30'])
    // 1 is a good checksum, 2 one that a packet of which only a part was kept cannot be told
    expect(counts('ip.checksum.status')).toEqual(['1: 23', '-: 7'])
    expect(counts('tcp.checksum.status')).toEqual(['1: 25', '2: 3', '-: 2'])
    expect(counts('udp.checksum.status')).toEqual(['1: 2', '-: 28'])
    const flags = column('tcp.analysis.flags')
    const reused = column('tcp.analysis.reused_ports')
    expect(reused.filter(Boolean)).toHaveLength(1)
    expect(flags.filter((flag, i) => flag && !reused[i])).toEqual([])
    expect(counts('tcp.stream').slice(0, 4)).toEqual(['0: 11', '1: 6', '2: 2', '3: 9'])
    expect(counts('frame.interface_description')).toEqual([
      'answers a question: 21',
      'takes much: 9',
    ])
    expect(column('frame.comment').filter(Boolean)).toEqual([
      "answers a question,fail: nothing came,0.000  →  ask({ port: 4000 }, 'hi')",
      '0.010  →  that datagram is lost on its way,0.011  →  the end',
      'takes much',
    ])
    const follow = tshark('-q', '-z', 'follow,tcp,raw,0')
    expect(follow).toContain(Buffer.from('你好\n').toString('hex'))
    expect(follow).toContain(`\t${Buffer.alloc(4000, 'odd').toString('hex')}`)
  })
})
