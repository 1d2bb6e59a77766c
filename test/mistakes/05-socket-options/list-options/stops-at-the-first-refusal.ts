// bug: the try is around the whole loop, so the first option that the kernel refuses ends the list
// catalogue: -
// fails: names every option that a listening TCP socket has
// lesson: Asking the kernel
import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'
import { fdOf, getsockopt, optionNames } from '#sockopt'

type Kind = 'tcp-listener' | 'udp'
type Option = { name: string; level: string; value: number }

export async function listOptions(kind: Kind): Promise<Option[]> {
  const socket =
    kind === 'udp'
      ? dgram.createSocket('udp4').bind(0, '127.0.0.1')
      : net.createServer().listen(0, '127.0.0.1')
  await once(socket, 'listening')
  const fd = fdOf(socket)
  const options: Option[] = []
  const sorted = [...optionNames].sort((a, b) => (a.name < b.name ? -1 : 1))
  try {
    for (const { name, level } of sorted) {
      options.push({ name, level, value: getsockopt(fd, level, name) })
    }
  } catch {
    // this kind of socket has no such option
  }
  socket.close()
  await once(socket, 'close')
  return options
}
