// bug: all messages were sent at once and the replies read afterwards; the next question was to wait for the answer to the last
// catalogue: -
// fails: holds the second message back until the first has a reply
// lesson: One question, one answer
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
    socket.write(messages.map((message) => `${message}\n`).join(''))
    for (const message of messages) {
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
  let rest = Buffer.alloc(0)
  for await (const chunk of socket) {
    rest = Buffer.concat([rest, chunk])
    for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n')) {
      yield rest.toString('utf8', 0, end)
      rest = rest.subarray(end + 1)
    }
  }
}
