// bug: the connection was ended at the client's FIN while answers were still waiting to be sent; the next `write` after `end` is an error that nobody caught
// catalogue: 34
// fails: sends every answer to a client that half-closed and reads late
// lesson: Half-close: answers still owed
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

const CR = 0x0d
const LONGEST = 65_536

export async function startLineServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    answerLines(socket)
    socket.on('error', () => socket.destroy())
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

function answerLines(socket: net.Socket): void {
  let rest = Buffer.alloc(0)
  let answered = Promise.resolve()
  const take = (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n')) {
      const line = withoutCR(rest.subarray(0, end))
      if (line.length > LONGEST) return refuse()
      const answer = Buffer.concat([Buffer.from(`${line.length}:`), line, Buffer.from('\n')])
      answered = answered.then(() => send(socket, answer))
      rest = rest.subarray(end + 1)
    }
    if (withoutCR(rest).length > LONGEST) refuse()
  }
  const refuse = () => {
    rest = Buffer.alloc(0)
    socket.off('data', take).resume()
    answered = answered.then(() => void socket.end('ERR line too long\n'))
  }
  socket.on('data', take)
  socket.on('end', () => socket.end())
}

function send(socket: net.Socket, answer: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(answer, (error) => (error ? reject(error) : resolve()))
  })
}

function withoutCR(bytes: Buffer): Buffer {
  return bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes
}
