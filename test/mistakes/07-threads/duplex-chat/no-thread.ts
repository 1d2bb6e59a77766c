// bug: the socket stays in the first thread, beside stdin; no other thread is ever started
// catalogue: -
// fails: has a thread for the joiner's end of a chat
// lesson: A socket in a thread of its own

import { once } from 'node:events'
import net from 'node:net'
import readline from 'node:readline'

type Endpoint = { host: string; port: number }
export async function startDuplexChat(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ pauseOnConnect: true })
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))

  const keyboard = new Keyboard()
  let last = Promise.resolve()
  server.on('connection', (socket) => {
    last = last.then(() => chat(socket, keyboard))
  })
  server.on('close', () => last.then(() => keyboard.close()))
  return server
}

export async function joinDuplexChat(to: Endpoint): Promise<void> {
  const keyboard = new Keyboard()
  const socket = net.connect(to)
  try {
    await once(socket, 'connect')
    await chat(socket, keyboard)
  } finally {
    keyboard.close()
  }
}

function chat(socket: net.Socket, keyboard: Keyboard): Promise<void> {
  let rest = ''
  socket.setEncoding('utf8')
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) console.log(`peer: ${line}`)
  })
  socket.on('error', (error) => console.error(`the peer broke off: ${error.message}`))
  keyboard.onChange = () => {
    for (const line of keyboard.takeAll()) if (socket.writable) socket.write(`${line}\n`)
    if (keyboard.hasEnded) socket.end()
  }
  keyboard.onChange()
  socket.resume()
  return new Promise((resolve) => {
    socket.on('close', () => {
      keyboard.onChange = () => {}
      resolve()
    })
  })
}

class Keyboard {
  hasEnded = false
  /** called at each line and at the end of input */
  onChange = () => {}
  #waiting: string[] = []
  readonly #input = readline.createInterface({ input: process.stdin })

  constructor() {
    this.#input.on('line', (line) => {
      this.#waiting.push(line)
      this.onChange()
    })
    this.#input.on('close', () => {
      this.hasEnded = true
      this.onChange()
    })
  }

  takeAll(): string[] {
    return this.#waiting.splice(0)
  }

  close() {
    this.#input.close()
  }
}
