// bug: a pause between two messages was taken for enough; it says nothing about what the other side has read and answered
// catalogue: 17
// fails: waits for the end of a reply line, however slowly it comes
// lesson: A pause is not a boundary
import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

type Endpoint = { host: string; port: number }

export async function sendInTurn(to: Endpoint, messages: string[]): Promise<string[]> {
  for (const message of messages) {
    if (message.includes('\n')) throw new Error(`not one line: ${JSON.stringify(message)}`)
  }
  const socket = net.connect(to)
  try {
    await once(socket, 'connect')
    const [replies] = await Promise.all([
      readReplies(socket, messages.length),
      send(socket, messages),
    ])
    return replies
  } finally {
    socket.destroy()
  }
}

async function send(socket: net.Socket, messages: string[]): Promise<void> {
  for (const message of messages) {
    if (message !== messages[0]) await sleep(250)
    socket.write(`${message}\n`)
  }
}

async function readReplies(socket: net.Socket, count: number): Promise<string[]> {
  const lines = linesOf(socket)
  const replies: string[] = []
  while (replies.length < count) {
    const reply = await lines.next()
    if (reply.done) throw new Error(`the connection ended before all replies were whole`)
    replies.push(reply.value)
  }
  return replies
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
