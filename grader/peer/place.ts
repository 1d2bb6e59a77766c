import net from 'node:net'
import { BadCall } from '../exit.ts'

/** Where the other program is to be found, or is to find us. */
export type Place = IpPlace | UnixPlace
export type IpPlace = { kind: 'tcp' | 'udp'; isServer: boolean; host: string; port: number }
export type UnixPlace = { kind: 'unix'; isServer: boolean; path: string }

/** What a peer can be, and what each wants to know. */
export const KINDS = {
  'tcp-listen': '[HOST] PORT',
  tcp: '[HOST] PORT',
  'udp-listen': '[HOST] PORT',
  udp: '[HOST] PORT',
  'unix-listen': 'PATH',
  unix: 'PATH',
}
export type Kind = keyof typeof KINDS

/** The longest path of a UNIX socket, in bytes: sun_path less its final 0 (unix(7)); 103 on macOS. */
const LONGEST_PATH = process.platform === 'linux' ? 107 : 103

/** Reads the words after the kind. A host that is left out is 127.0.0.1. Throws a BadCall. */
export function readPlace(kind: Kind, words: readonly string[]): Place {
  const isServer = kind.endsWith('-listen')
  const [first, second, third] = words
  const usage = `npm run peer -- ${kind} ${KINDS[kind]}`
  if (kind === 'unix' || kind === 'unix-listen') {
    if (!first || second) throw new BadCall(`${kind} wants one path: ${usage}`)
    if (Buffer.byteLength(first) > LONGEST_PATH)
      throw new BadCall(
        `the path ${first} is too long for a UNIX socket, which has room for ${LONGEST_PATH} bytes; choose a shorter one, in /tmp for example`,
      )
    return { kind: 'unix', isServer, path: first.includes('/') ? first : `./${first}` }
  }
  if (!first || third !== undefined)
    throw new BadCall(`${kind} wants a port, and a host before it if it is not 127.0.0.1: ${usage}`)
  const [host, port] = second === undefined ? ['127.0.0.1', first] : [first, second]
  const lowest = isServer ? 0 : 1
  if (!/^\d{1,5}$/.test(port) || Number(port) < lowest || Number(port) > 65_535)
    throw new BadCall(
      `“${port}” is no port: a port is a whole number from ${isServer ? '0 (any free one)' : '1'} to 65535, after the host: ${usage}`,
    )
  return {
    kind: kind.startsWith('tcp') ? 'tcp' : 'udp',
    isServer,
    // A person may write an IPv6 address as it stands in a transcript.
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port),
  }
}

/** `127.0.0.1:4000` or a path. */
export function placeText(place: Place): string {
  if (place.kind === 'unix') return place.path
  return net.isIPv6(place.host) ? `[${place.host}]:${place.port}` : `${place.host}:${place.port}`
}
