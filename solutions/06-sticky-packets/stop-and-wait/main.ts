import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

/**
 * Sends each message as a line (UTF-8, ended by `\n`), the next one only when the reply line to the
 * last has come, and returns the replies: each what precedes its `\n`, unchanged.
 *
 * Rejects before connecting when a message contains `\n`, with the system's error (`code`) when it
 * cannot connect or is reset, and when the server's FIN comes before a reply is whole. The socket
 * is gone at the end, whether the server closes or not.
 */
export async function sendInTurn(to: Endpoint, messages: string[]): Promise<string[]> {
  for (const message of messages) {
    if (message.includes('\n')) throw new Error(`not one line: ${JSON.stringify(message)}`)
  }
  const socket = net.connect(to)
  try {
    await once(socket, 'connect')
    const lines = linesOf(socket)
    const replies: string[] = []
    for (const message of messages) {
      socket.write(`${message}\n`)
      const reply = await lines.next()
      if (reply.done)
        throw new Error(`the connection ended before the reply to ${message} was whole`)
      replies.push(reply.value)
    }
    return replies
  } finally {
    // Not end(): that would wait for the server's FIN, which may never come.
    socket.destroy()
  }
}

/** The lines that come, without their `\n`. An unended last one is not among them. */
async function* linesOf(socket: net.Socket): AsyncGenerator<string, void> {
  let rest = Buffer.alloc(0)
  for await (const chunk of socket) {
    rest = Buffer.concat([rest, chunk])
    for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n')) {
      // A whole line is decoded at once: a character of it may have come in two chunks.
      yield rest.toString('utf8', 0, end)
      rest = rest.subarray(end + 1)
    }
  }
}

if (import.meta.main) {
  const [host = '127.0.0.1', port = '4000', ...messages] = process.argv.slice(2)
  console.log(await sendInTurn({ host, port: Number(port) }, messages))
}
