import net from 'node:net'

type Endpoint = { host: string; port: number }

export function startLineServer(at: Endpoint): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer(onConnection)
    server.on('error', reject)
    server.listen(at.port, at.host, () => {
      resolve(server)
    })
  })
}

function onConnection(socket: net.Socket) {
  // latin1 keeps every byte as one character
  socket.setEncoding('latin1')
  let text = ''
  let refused = false
  socket.on('data', (chunk) => {
    if (refused) return
    text += chunk
    const pieces = text.split('\n')
    text = pieces.pop() ?? ''
    for (const piece of pieces) {
      const line = piece.replace(/\r$/, '')
      if (line.length > 65536) {
        refused = true
        socket.end('ERR line too long\n')
        return
      }
      socket.write(`${line.length}:${line}\n`, 'latin1')
    }
    if (text.replace(/\r$/, '').length > 65536) {
      refused = true
      socket.end('ERR line too long\n')
    }
  })
  socket.on('error', () => {})
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startLineServer({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
