// bug: each chunk was decoded on its own, so a character whose bytes came in two chunks was broken
// catalogue: 14
// fails: keeps a character whole whose bytes come in two pieces
// lesson: Bytes, not characters
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
  let rest = ''
  for await (const chunk of socket) {
    rest += chunk.toString()
    for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n')) {
      yield rest.slice(0, end)
      rest = rest.slice(end + 1)
    }
  }
}
