// bug: what is said goes to all sockets, also to those who have not given a name yet
// catalogue: -
// fails: takes no notice of guests who have not given a name
// lesson: One room, many members

import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

const NAME = /^[A-Za-z0-9]{1,16}$/
const LONGEST_LINE = 512 * 1024
const MOST_WAITING = 1024 * 1024

export async function startChatRoom(at: Endpoint): Promise<net.Server> {
  const members = new Map<string, net.Socket>()
  const sockets = new Set<net.Socket>()

  const server = net.createServer((socket) => {
    let name: string | undefined
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    const leave = () => {
      if (name !== undefined) remove(name, socket)
    }
    eachLine(socket, (line) => {
      if (!socket.writable) return
      if (name !== undefined) return tell([`[${name}] `, line, '\n'], socket)
      const wanted = line.toString()
      const refusal = whyNot(wanted)
      if (refusal) return socket.end(`ERR ${refusal}\n`)
      name = wanted
      add(name, socket)
    })
    socket.on('end', leave)
    socket.on('close', leave)
    socket.on('error', (error) => console.error(`${name ?? 'a guest'}: ${error.message}`))
  })
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server

  function whyNot(name: string): string | undefined {
    if (!NAME.test(name)) return 'a name is 1 to 16 ASCII letters or digits'
    if (members.has(name)) return 'that name is taken'
    return undefined
  }

  function add(name: string, socket: net.Socket) {
    socket.write(`* here: ${[...members.keys()].sort().join(', ')}\n`)
    members.set(name, socket)
    tell([`* ${name} joined\n`], socket)
  }

  function remove(name: string, socket: net.Socket) {
    if (members.get(name) !== socket) return
    members.delete(name)
    tell([`* ${name} left\n`], socket)
  }

  /** Writes to all members but one. Whoever lets too much pile up is dropped. */
  function tell(parts: (string | Buffer)[], but: net.Socket) {
    const message = Buffer.concat(parts.map((part) => Buffer.from(part)))
    for (const socket of sockets) {
      if (socket === but) continue
      socket.write(message)
      if (socket.writableLength > MOST_WAITING) {
        socket.destroy()
        for (const [name, member] of members) if (member === socket) remove(name, socket)
      }
    }
  }
}

function eachLine(socket: net.Socket, take: (line: Buffer) => void) {
  let rest = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    let end = rest.indexOf('\n')
    while (end !== -1 && end <= LONGEST_LINE) {
      take(rest.subarray(0, end))
      rest = rest.subarray(end + 1)
      end = rest.indexOf('\n')
    }
    if (rest.length > LONGEST_LINE) socket.destroy()
  })
}
