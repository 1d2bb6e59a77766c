// bug: the level is made up from the first letters of the name, and is not the one that the kernel was asked at
// catalogue: -
// fails: gives each option its level
// lesson: What an option is
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
      const value = getsockopt(fd, level, name)
      options.push({ name, level: name.split('_')[0] ?? '', value })
    } catch {
      // this kind of socket has no such option
    }
  }
  socket.close()
  await once(socket, 'close')
  return options.sort((a, b) => (a.name < b.name ? -1 : 1))
}
