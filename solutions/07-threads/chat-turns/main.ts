import { once } from 'node:events'
import net from 'node:net'
import readline from 'node:readline'

type Endpoint = { host: string; port: number }

/**
 * Listens at `at` (port 0: any free port) and chats with one joiner at a time, in the order in which
 * they connected; the others wait. In each chat the joiner speaks first, then both strictly in turn.
 *
 * The operator's turn is the next line typed on stdin, sent in UTF-8 with its `\n`; lines typed out
 * of turn wait. The joiner's line is printed as `peer: TEXT`. The chat is over when the joiner has
 * left (FIN or RST), or when stdin has ended and all its lines have had their turns.
 * Rejects with the system's error (`code`, such as EADDRINUSE) when it cannot listen.
 */
export async function startTurnChat(at: Endpoint): Promise<net.Server> {
  // pauseOnConnect: nothing is read from a joiner before its chat begins.
  const server = net.createServer({ pauseOnConnect: true })
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))

  const keyboard = new Keyboard()
  server.on('close', () => keyboard.close())

  let last = Promise.resolve()
  server.on('connection', (socket) => {
    last = last.then(() => talk(socket, keyboard, false))
  })
  return server
}

/**
 * Connects and chats as `startTurnChat` does, as the one who speaks first. Resolves when the chat is
 * over and the socket closed; rejects with the system's error (`code`) when it cannot connect.
 */
export async function joinTurnChat(to: Endpoint): Promise<void> {
  const socket = net.connect(to)
  await once(socket, 'connect')
  const keyboard = new Keyboard()
  await talk(socket, keyboard, true)
  keyboard.close()
}

/** The lines that were typed and not yet said. */
class Keyboard {
  readonly waiting: string[] = []
  hasEnded = false
  /** called at each line and at the end of input */
  onChange = () => {}
  readonly #input = readline.createInterface({ input: process.stdin })

  constructor() {
    this.#input.on('line', (line) => {
      this.waiting.push(line)
      this.onChange()
    })
    this.#input.on('close', () => {
      this.hasEnded = true
      this.onChange()
    })
  }

  close() {
    this.#input.close()
  }
}

/** One chat. Resolves when its socket is closed, whoever ended it; never rejects. */
function talk(socket: net.Socket, keyboard: Keyboard, speaksFirst: boolean): Promise<void> {
  let isMyTurn = speaksFirst
  let rest = ''

  const speak = () => {
    const line = keyboard.waiting[0]
    if (isMyTurn && line !== undefined && socket.writable) {
      keyboard.waiting.shift()
      socket.write(`${line}\n`)
      isMyTurn = false
    }
    if (keyboard.hasEnded && keyboard.waiting.length === 0) socket.end()
  }

  // The decoder keeps the first bytes of a character until its last ones come.
  socket.setEncoding('utf8')
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      console.log(`peer: ${line}`)
      isMyTurn = true
      speak()
    }
  })
  socket.on('error', (error) => console.error(`the peer broke off: ${error.message}`))
  keyboard.onChange = speak
  speak()
  socket.resume()

  return new Promise((resolve) => {
    // After a FIN, from either side, and after a reset.
    socket.on('close', () => {
      keyboard.onChange = () => {}
      resolve()
    })
  })
}

if (import.meta.main) {
  const [how, host = '127.0.0.1', port = '4000'] = process.argv.slice(2)
  if (how === 'join') {
    await joinTurnChat({ host, port: Number(port) })
  } else {
    await startTurnChat({ host: '127.0.0.1', port: Number(how ?? 4000) })
    console.log(`listening on 127.0.0.1:${how ?? 4000}`)
  }
}
