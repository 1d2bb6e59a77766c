import * as net from 'node:net'

type Endpoint = { host: string; port: number }

const MAX = 64 * 1024
const NEWLINE = 10

class Connection {
  private buffered = Buffer.alloc(0)
  private scanned = 0
  private closed = false

  private socket: net.Socket

  constructor(socket: net.Socket) {
    this.socket = socket
    socket.on('data', this.onData.bind(this))
    socket.on('error', (e) => {
      console.error('client went away:', e.message)
      socket.destroy()
    })
  }

  private onData(data: Buffer) {
    if (this.closed) return
    this.buffered = Buffer.concat([this.buffered, data])
    while (true) {
      const newline = this.buffered.indexOf(NEWLINE, this.scanned)
      if (newline < 0) {
        this.scanned = this.buffered.length
        break
      }
      let line = this.buffered.slice(0, newline)
      this.buffered = this.buffered.slice(newline + 1)
      this.scanned = 0
      if (line.length > 0 && line[line.length - 1] === 13) line = line.slice(0, line.length - 1)
      if (line.length > MAX) {
        this.tooLong()
        return
      }
      this.socket.write(`${line.length}:`)
      this.socket.write(line)
      this.socket.write('\n')
    }
    const extra = this.buffered[this.buffered.length - 1] === 13 ? 1 : 0
    if (this.buffered.length - extra > MAX) this.tooLong()
  }

  private tooLong() {
    this.closed = true
    this.socket.write('ERR line too long\n')
    this.socket.end()
  }
}

export async function startLineServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer()
  server.on('connection', (socket) => new Connection(socket))
  await new Promise<void>((ok, fail) => {
    server.on('error', fail)
    server.listen(at.port, at.host, ok)
  })
  return server
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startLineServer({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
