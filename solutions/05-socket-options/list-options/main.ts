import dgram from 'node:dgram'
import { once } from 'node:events'
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
  const socket =
    kind === 'udp'
      ? dgram.createSocket('udp4').bind(0, '127.0.0.1')
      : net.createServer().listen(0, '127.0.0.1')
  await once(socket, 'listening')
  try {
    return readOptions(fdOf(socket)).sort(byName)
  } finally {
    const closed = once(socket, 'close')
    socket.close()
    await closed
  }
}

function readOptions(fd: number): Option[] {
  return optionNames.flatMap(({ name, level }) => {
    try {
      return [{ name, level, value: getsockopt(fd, level, name) }]
    } catch (error) {
      // The kernel refuses what this kind of socket does not have; anything else is a fault of ours.
      if ((error as NodeJS.ErrnoException).syscall === 'getsockopt') return []
      throw error
    }
  })
}

function byName(a: Option, b: Option): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}

if (import.meta.main) {
  const kind = process.argv[2] === 'udp' ? 'udp' : 'tcp-listener'
  for (const { name, level, value } of await listOptions(kind)) {
    console.log(`${name.padEnd(26)} ${level.padEnd(12)} ${value}`)
  }
}
