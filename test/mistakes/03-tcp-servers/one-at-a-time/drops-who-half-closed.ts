// bug: a waiting client's connection is ended at its FIN, as Node does by itself without allowHalfOpen; but FIN only says that it sends no more, and it still waits for its replies
// catalogue: 24
// fails: serves a waiting client that half-closed after its lines
// lesson: Half-closed is not gone

import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Client = { socket: net.Socket; rest: Buffer; count: number }

export async function startSequentialServer(at: Endpoint): Promise<net.Server> {
  let line: Client[] = []

  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    const client: Client = { socket, rest: Buffer.alloc(0), count: 0 }
    line.push(client)
    socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
    socket.on('data', (chunk: Buffer) => {
      client.rest = Buffer.concat([client.rest, chunk])
      if (line[0] === client) answerLines(client)
    })
    socket.on('end', () => {
      leave(client)
    })
    socket.on('close', () => leave(client))
    if (line[0] === client) socket.write('ready\n')
  })
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server

  function leave(client: Client) {
    const wasFirst = line[0] === client
    line = line.filter((other) => other !== client)
    client.socket.end()
    if (wasFirst) nextTurn()
  }

  function nextTurn() {
    const client = line[0]
    if (!client) return
    client.socket.write('ready\n')
    answerLines(client)
  }
}

function answerLines(client: Client) {
  let end = client.rest.indexOf('\n')
  while (end !== -1) {
    client.count += 1
    const prefix = Buffer.from(`#${client.count} `)
    client.socket.write(Buffer.concat([prefix, client.rest.subarray(0, end + 1)]))
    client.rest = client.rest.subarray(end + 1)
    end = client.rest.indexOf('\n')
  }
}
