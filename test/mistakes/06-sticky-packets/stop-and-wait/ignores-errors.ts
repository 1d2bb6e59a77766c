// bug: nothing listens for the socket's `error`, so a failed connection ends the whole program instead of rejecting
// catalogue: 23
// fails: rejects with ECONNREFUSED when nobody listens
// lesson: Errors arrive as events
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function sendInTurn(to: Endpoint, messages: string[]): Promise<string[]> {
  for (const message of messages) {
    if (message.includes('\n')) throw new Error(`not one line: ${JSON.stringify(message)}`)
  }
  return new Promise((resolve, reject) => {
    const replies: string[] = []
    let rest = Buffer.alloc(0)
    const socket = net.connect(to)
    const sendNext = () => {
      const message = messages[replies.length]
      if (message !== undefined) return socket.write(`${message}\n`)
      resolve(replies)
      socket.destroy()
    }
    socket.on('connect', sendNext)
    socket.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk])
      const end = rest.indexOf('\n')
      if (end === -1) return
      replies.push(rest.toString('utf8', 0, end))
      rest = rest.subarray(end + 1)
      sendNext()
    })
    socket.on('end', () => {
      reject(new Error('the server left before the last reply was whole'))
      socket.destroy()
    })
  })
}
