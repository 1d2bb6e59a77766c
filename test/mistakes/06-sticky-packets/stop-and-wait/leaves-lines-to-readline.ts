// bug: readline has ideas of its own of a line: `\r` ends one too, and what has no `\n` at the end of the stream passes for one
// catalogue: -
// fails: rejects when the server ends before a reply is whole
// lesson: Where messages end
import { once } from 'node:events'
import net from 'node:net'
import readline from 'node:readline'

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
  yield* readline.createInterface({ input: socket })
}
