// bug: the digest was computed in the main thread, and while it computes it can neither read nor write
// catalogue: -
// fails: has as many threads at work as it was told, and never more
// lesson: Work that computes, work that waits

import { hash } from 'node:crypto'
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function startHashServer(at: Endpoint, _threads: number): Promise<net.Server> {
  const pool = new Pool()
  const server = net.createServer({ allowHalfOpen: true }, (socket) => serve(socket, pool))
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  server.on('close', () => pool.close())
  return server
}

function serve(socket: net.Socket, pool: Pool) {
  let rest = Buffer.alloc(0)
  let last = Promise.resolve()
  const reply = (text: string | Promise<string>) => {
    last = last.then(async () => {
      const line = `${await text}\n`
      if (socket.writable) socket.write(line)
    })
  }
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    let end = rest.indexOf('\n')
    while (end !== -1) {
      reply(answerTo(rest.toString('utf8', 0, end), pool))
      rest = rest.subarray(end + 1)
      end = rest.indexOf('\n')
    }
  })
  socket.on('end', () => last.then(() => socket.end()))
  socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
}

function answerTo(line: string, pool: Pool): string | Promise<string> {
  if (line === 'ping') return 'pong'
  const [, digits, text = ''] = /^(\d+) (.*)$/s.exec(line) ?? []
  const rounds = Number(digits)
  if (!Number.isSafeInteger(rounds) || rounds < 1) return 'ERR a request is ROUNDS TEXT or ping'
  return pool.run(rounds, text) ?? 'BUSY'
}

class Pool {
  run(rounds: number, text: string): Promise<string> | undefined {
    let digest = hash('sha256', text, 'buffer')
    for (let round = 2; round <= rounds; round++) digest = hash('sha256', digest, 'buffer')
    return Promise.resolve(digest.toString('hex'))
  }

  close() {}
}
