import net from 'node:net'
import type { Name } from './recording.ts'

/** One end of a conversation: its address in network order, four or sixteen bytes. */
export type Host = { address: Buffer; port: number }

/** The flags of a TCP segment. */
export const FLAGS = { FIN: 1, SYN: 2, RST: 4, PSH: 8, ACK: 16 }
const [TCP, UDP] = [6, 17]
/** The most that goes in one segment over loopback, whose MTU is 65,536 B: a packet's length has 16 bits. */
export const MSS = 65_475
const WINDOW = 65_535

/** The end that a recording calls so; undefined for what has no address: the path of a UNIX socket. */
export function hostOf(name: Name | undefined): Host | undefined {
  const address = name && addressBytes(name.address)
  return address && { address, port: name.port }
}

/** What a packet carries: the beginning, of the length that it has. */
export type Content = { bytes: Uint8Array; length: number }

/** A TCP segment (RFC 9293) in an IP packet. `acknowledged` is left out of a first SYN. */
export function tcpPacket(
  from: Host,
  to: Host,
  { flags, sequence, acknowledged = 0 }: { flags: number; sequence: number; acknowledged?: number },
  { bytes, length }: Content = { bytes: new Uint8Array(), length: 0 },
): Content {
  const options = flags & FLAGS.SYN ? Buffer.from([2, 4, MSS >> 8, MSS & 0xff]) : Buffer.alloc(0)
  const header = Buffer.alloc(20)
  header.writeUInt16BE(from.port, 0)
  header.writeUInt16BE(to.port, 2)
  header.writeUInt32BE(sequence >>> 0, 4)
  header.writeUInt32BE(acknowledged >>> 0, 8)
  header[12] = ((header.length + options.length) / 4) << 4
  header[13] = flags
  header.writeUInt16BE(WINDOW, 14)
  const head = Buffer.concat([header, options])
  return ipPacket(from, to, TCP, { head, checksumAt: 16, bytes, length })
}

/** A datagram (RFC 768) in an IP packet. */
export function udpPacket(from: Host, to: Host, { bytes, length }: Content): Content {
  const head = Buffer.alloc(8)
  head.writeUInt16BE(from.port, 0)
  head.writeUInt16BE(to.port, 2)
  head.writeUInt16BE(head.length + length, 4)
  return ipPacket(from, to, UDP, { head, checksumAt: 6, bytes, length })
}

type Segment = Content & { head: Buffer; checksumAt: number }

/** RFC 791 or RFC 8200, with the checksum over the pseudo-header; of a part of a segment there is none. */
function ipPacket(
  { address: source }: Host,
  { address: target }: Host,
  protocol: number,
  { head, checksumAt, ...rest }: Segment,
): Content {
  const size = head.length + rest.length
  const header = source.length === 4 ? Buffer.alloc(20) : Buffer.alloc(40)
  if (source.length === 4) {
    header.writeUInt8(0x45, 0)
    header.writeUInt16BE(header.length + size, 2)
    header.writeUInt16BE(0x40_00, 6)
    header.writeUInt8(64, 8)
    header.writeUInt8(protocol, 9)
    Buffer.concat([source, target]).copy(header, 12)
    header.writeUInt16BE(checksum(header), 10)
  } else {
    header.writeUInt8(0x60, 0)
    header.writeUInt16BE(size, 4)
    header.writeUInt8(protocol, 6)
    header.writeUInt8(64, 7)
    Buffer.concat([source, target]).copy(header, 8)
  }
  if (rest.bytes.length === rest.length) {
    const pseudo = Buffer.alloc(8)
    pseudo.writeUInt32BE(size, 0)
    pseudo.writeUInt8(protocol, 7)
    const sum = checksum(Buffer.concat([source, target, pseudo, head, rest.bytes]))
    head.writeUInt16BE(sum === 0 && protocol === UDP ? 0xffff : sum, checksumAt)
  }
  const bytes = Buffer.concat([header, head, rest.bytes])
  return { bytes, length: header.length + size }
}

/** The Internet checksum (RFC 1071). */
function checksum(bytes: Buffer): number {
  let sum = 0
  for (let i = 0; i < bytes.length; i += 2) sum += ((bytes[i] ?? 0) << 8) + (bytes[i + 1] ?? 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x1_0000)
  return ~sum & 0xffff
}

/** An address in network order, an IPv4 address in IPv6 as IPv4; undefined for what is none (a path). */
function addressBytes(address: string): Buffer | undefined {
  if (address === 'localhost') return Buffer.from([127, 0, 0, 1])
  if (net.isIPv4(address)) return Buffer.from(address.split('.').map(Number))
  if (!net.isIPv6(address)) return undefined
  // URLs know all the ways to write one: `::ffff:127.0.0.1` becomes `[::ffff:7f00:1]`.
  const { hostname } = new URL(`http://[${address.replace(/%.*/, '')}]`)
  const [head = '', tail = ''] = hostname.slice(1, -1).split('::')
  const groups = [head, tail].map((part) => (part ? part.split(':') : []))
  const zeros = Array(8 - groups.flat().length).fill('0')
  const [before = [], after = []] = groups
  const words = [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16))
  const bytes = Buffer.from(words.flatMap((word) => [word >> 8, word & 0xff]))
  return words.slice(0, 6).join() === '0,0,0,0,0,65535' ? bytes.subarray(12) : bytes
}
