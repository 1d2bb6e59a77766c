import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

const NAME = /^[A-Za-z0-9]{1,16}$/
/** The most bytes of a line: whoever says more at once would fill all members' queues. */
const LONGEST_LINE = 512 * 1024
/** How many bytes may wait in the server for a member who does not read. */
const MOST_WAITING = 1024 * 1024

/**
 * Listens at `at` (port 0: any free port) and keeps a room in which all hear one another. A client's
 * first line is its name: 1 to 16 ASCII letters or digits that nobody in the room bears, else it
 * gets `ERR REASON\n` and FIN.
 *
 * A newcomer gets `* here: A, B\n` (the others, sorted by code unit), the others `* NAME joined\n`.
 * Each further line of a member goes to all others as `[NAME] LINE\n`, LINE byte for byte. When it
 * leaves, by FIN or RST, they get `* NAME left\n`, once. A member for whom more than 1 MiB waits to
 * be sent is dropped and has left; nobody waits for it.
 * Rejects with the system's error (`code`, such as EADDRINUSE) when it cannot listen.
 */
export async function startChatRoom(at: Endpoint): Promise<net.Server> {
  const members = new Map<string, net.Socket>()

  const server = net.createServer((socket) => {
    let name: string | undefined
    const leave = () => {
      if (name !== undefined) remove(name, socket)
    }
    eachLine(socket, (line) => {
      // Who was refused has nothing more to say.
      if (!socket.writable) return
      if (name !== undefined) return tell([`[${name}] `, line, '\n'], socket)
      const wanted = line.toString()
      const refusal = whyNot(wanted)
      if (refusal) return socket.end(`ERR ${refusal}\n`)
      name = wanted
      add(name, socket)
    })
    // At the FIN, because `close` waits until all that was written has been sent.
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
    // Not when it has left before: another may bear the name by now.
    if (members.get(name) !== socket) return
    members.delete(name)
    tell([`* ${name} left\n`], socket)
  }

  /** Writes to all members but one. Whoever lets too much pile up is dropped. */
  function tell(parts: (string | Buffer)[], but: net.Socket) {
    const message = Buffer.concat(parts.map((part) => Buffer.from(part)))
    for (const [name, socket] of members) {
      if (socket === but) continue
      socket.write(message)
      if (socket.writableLength > MOST_WAITING) {
        socket.destroy()
        remove(name, socket)
      }
    }
  }
}

/** Calls `take` with each line that comes, without its `\n`. A client whose line is too long is dropped. */
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

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startChatRoom({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
