// bug: a chunk that does not end a line was thrown away instead of kept until the rest of the line came
// catalogue: 2
// fails: takes a reply for whole at its newline, however it is cut
// lesson: A stream has no messages
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

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
    socket.destroy()
  }
}

async function* linesOf(socket: net.Socket): AsyncGenerator<string, void> {
  for await (const chunk of socket) {
    let rest: Buffer = chunk
    for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n')) {
      yield rest.toString('utf8', 0, end)
      rest = rest.subarray(end + 1)
    }
  }
}
