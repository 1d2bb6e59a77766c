import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

type Endpoint = { host: string; port: number }

async function* lines(socket: Socket): AsyncGenerator<Buffer | 'too long'> {
  let parts: Buffer[] = []
  let size = 0
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    let start = 0
    for (let i = 0; i < chunk.length; i++) {
      if (chunk[i] !== 0x0a) continue
      parts.push(chunk.subarray(start, i))
      const whole = Buffer.concat(parts)
      yield whole.at(-1) === 0x0d ? whole.subarray(0, -1) : whole
      parts = []
      size = 0
      start = i + 1
    }
    if (start < chunk.length) {
      const tail = chunk.subarray(start)
      parts.push(tail)
      size += tail.length
    }
    const slack = parts.at(-1)?.at(-1) === 0x0d ? 1 : 0
    if (size - slack > 65536) yield 'too long'
  }
}

async function serve(socket: Socket) {
  try {
    for await (const line of lines(socket)) {
      if (line === 'too long' || line.byteLength > 65536) {
        socket.end('ERR line too long\n')
        socket.resume()
        return
      }
      const answer = Buffer.concat([
        Buffer.from(`${String(line.byteLength)}:`),
        line,
        Buffer.from('\n'),
      ])
      if (!socket.write(answer)) await once(socket, 'drain')
    }
    socket.end()
  } catch (problem) {
    console.error(problem)
  }
}

export async function startLineServer(at: Endpoint): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (socket) => void serve(socket))
  server.listen(at.port, at.host)
  await once(server, 'listening')
  return server
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startLineServer({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
