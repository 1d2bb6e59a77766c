import net from 'node:net'
import readline from 'node:readline'

type Endpoint = { host: string; port: number }

export async function startEchoServer(at: Endpoint): Promise<net.Server> {
  const typed: string[] = []
  const waiting: ((line: string) => void)[] = []
  const rl = readline.createInterface({ input: process.stdin })
  rl.on('line', (line) => {
    const first = waiting.shift()
    if (first) first(line)
    else typed.push(line)
  })
  function nextLine(): Promise<string> {
    const line = typed.shift()
    if (line !== undefined) return Promise.resolve(line)
    return new Promise((resolve) => waiting.push(resolve))
  }

  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    let pending = 0
    let ended = false
    const who = socket.remoteAddress
    console.log(`connected: ${who}:${socket.remotePort}`)
    socket.on('data', async (chunk) => {
      pending++
      console.log(`${who}: ${chunk.toString()}`)
      socket.write(chunk)
      socket.write('\nI get it!\n')
      const line = await nextLine()
      socket.write(line)
      pending--
      if (ended && pending === 0) socket.end()
    })
    socket.on('end', () => {
      ended = true
      if (pending === 0) socket.end()
    })
    socket.on('error', (err) => console.log(err.message))
  })
  server.on('close', () => rl.close())
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(at.port, at.host, () => resolve(server))
  })
}

if (import.meta.main) {
  const server = await startEchoServer({ host: '127.0.0.1', port: Number(process.argv[2] ?? 4000) })
  console.log('listening at', server.address())
}
