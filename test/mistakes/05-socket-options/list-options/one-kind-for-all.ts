// bug: the kind is not looked at, and a UDP socket is asked for with the options of a TCP listener
// catalogue: -
// fails: names every option that a UDP socket has
// lesson: What an option is
import { once } from 'node:events'
import net from 'node:net'
import { fdOf, getsockopt, optionNames } from '#sockopt'

type Kind = 'tcp-listener' | 'udp'
type Option = { name: string; level: string; value: number }

export async function listOptions(_kind: Kind): Promise<Option[]> {
  const socket = net.createServer().listen(0, '127.0.0.1')
  await once(socket, 'listening')
  const fd = fdOf(socket)
  const options: Option[] = []
  for (const { name, level } of optionNames) {
    try {
      options.push({ name, level, value: getsockopt(fd, level, name) })
    } catch {
      // this kind of socket has no such option
    }
  }
  socket.close()
  await once(socket, 'close')
  return options.sort((a, b) => (a.name < b.name ? -1 : 1))
}
