// bug: each joiner's chat begins when it connects; nothing makes the second one wait
// catalogue: -
// fails: chats with one joiner at a time, and then with the next
// lesson: Two ends that take turns

import { once } from 'node:events'
import net from 'node:net'
import readline from 'node:readline'

type Endpoint = { host: string; port: number }

export async function startTurnChat(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ pauseOnConnect: true })
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))

  const keyboard = new Keyboard()
  server.on('close', () => keyboard.close())

  server.on('connection', (socket) => {
    talk(socket, keyboard, false)
  })
  return server
}

export async function joinTurnChat(to: Endpoint): Promise<void> {
  const socket = net.connect(to)
  await once(socket, 'connect')
  const keyboard = new Keyboard()
  await talk(socket, keyboard, true)
  keyboard.close()
}

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
    socket.on('close', () => {
      keyboard.onChange = () => {}
      resolve()
    })
  })
}
