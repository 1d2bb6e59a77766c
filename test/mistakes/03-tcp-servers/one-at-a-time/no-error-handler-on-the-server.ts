// bug: nobody listens for the error event of the server, so a port that is taken crashes the program instead of rejecting the promise
// catalogue: 22
// fails: rejects with EADDRINUSE when the port is taken
// lesson: When the port is taken

import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function startSequentialServer(at: Endpoint): Promise<net.Server> {
  const waiting: net.Socket[] = []
  let current: net.Socket | undefined

  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
    waiting.push(socket)
    if (!current) nextTurn()
  })
  server.listen(at.port, at.host)
  await new Promise<void>((resolve) => server.on('listening', resolve))
  return server

  function nextTurn() {
    current = waiting.shift()
    if (current) serve(current)
  }

  function serve(socket: net.Socket) {
    const leave = () => {
      if (current === socket) nextTurn()
    }
    socket.on('close', leave)
    socket.on('end', () => {
      socket.end()
      leave()
    })
    socket.write('ready\n')
    answerLines(socket)
    socket.resume()
  }
}

function answerLines(socket: net.Socket) {
  let count = 0
  let rest = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    let end = rest.indexOf('\n')
    while (end !== -1) {
      count += 1
      socket.write(Buffer.concat([Buffer.from(`#${count} `), rest.subarray(0, end + 1)]))
      rest = rest.subarray(end + 1)
      end = rest.indexOf('\n')
    }
  })
}
