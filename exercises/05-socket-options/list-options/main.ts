import dgram from 'node:dgram'
import net from 'node:net'
import { fdOf, getsockopt, optionNames } from '#sockopt'

type Kind = 'tcp-listener' | 'udp'
type Option = { name: string; level: string; value: number }

/**
 * Makes a socket of this kind (IPv4, bound to a free port of 127.0.0.1; a TCP one listens) and
 * resolves with the options that the kernel has for it, as the kernel has them, sorted by name. Those
 * that it refuses for such a socket are left out. The socket is closed before that.
 */
export async function listOptions(kind: Kind): Promise<Option[]> {
  throw new Error(
    'Not written yet: open a socket of this kind, ask the kernel for each of optionNames, and close it',
  )
}

if (import.meta.main) {
  const kind = process.argv[2] === 'udp' ? 'udp' : 'tcp-listener'
  for (const { name, level, value } of await listOptions(kind)) {
    console.log(`${name.padEnd(26)} ${level.padEnd(12)} ${value}`)
  }
}
