// bug: an option that the kernel refuses is listed with the value 0, as if the socket had it
// catalogue: -
// fails: leaves out what the kernel refuses
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
  for (const { name, level } of optionNames) {
    try {
      options.push({ name, level, value: getsockopt(fd, level, name) })
    } catch {
      options.push({ name, level, value: 0 })
    }
  }
  socket.close()
  await once(socket, 'close')
  return options.sort((a, b) => (a.name < b.name ? -1 : 1))
}
