import * as net from 'node:net'
import { createInterface } from 'node:readline'

type Endpoint = { host: string; port: number }

class EchoServer {
  server = net.createServer({ allowHalfOpen: true })
  input = createInterface(process.stdin)
  queue: net.Socket[] = []
  lines: string[] = []
  owed = new Map<net.Socket, number>()

  constructor() {
    this.server.on('connection', (s) => this.accept(s))
    this.input.on('line', (l) => {
      this.lines.push(l)
      this.match()
    })
    this.server.on('close', () => this.input.close())
  }

  accept(socket: net.Socket) {
    const { remoteAddress: address, remotePort: port } = socket
    console.log(`connected: ${address}:${port}`)
    this.owed.set(socket, 0)
    socket.on('data', (data) => {
      console.log(`${address}: ${data}`)
      socket.write(data)
      socket.write(Buffer.from('\nI get it!\n'))
      this.owed.set(socket, (this.owed.get(socket) ?? 0) + 1)
      this.queue.push(socket)
      this.match()
    })
    socket.once('end', () => {
      if (this.owed.get(socket) === 0) socket.end()
      else this.owed.set(socket, (this.owed.get(socket) ?? 0) + 0.5)
    })
    socket.on('error', console.error)
    socket.on('close', () => this.owed.delete(socket))
  }

  match() {
    while (this.queue.length > 0 && this.lines.length > 0) {
      const socket = this.queue.shift()
      const line = this.lines.shift()
      if (!socket || line === undefined) break
      socket.write(line)
      const left = (this.owed.get(socket) ?? 1) - 1
      this.owed.set(socket, left)
      if (left === 0.5) socket.end()
    }
  }
}

export function startEchoServer(at: Endpoint): Promise<net.Server> {
  const echo = new EchoServer()
  return new Promise((resolve, reject) => {
    echo.server.on('error', reject)
    echo.server.listen(at.port, at.host, () => {
      echo.server.off('error', reject)
      resolve(echo.server)
    })
  })
}

if (import.meta.main) {
  const server = await startEchoServer({ host: '127.0.0.1', port: Number(process.argv[2] ?? 4000) })
  console.log('listening at', server.address())
}
