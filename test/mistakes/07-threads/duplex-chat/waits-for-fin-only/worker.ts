// bug: the thread ends at the end event alone, but a peer that resets emits error and close and never end, so the chat is never over
// catalogue: -
// fails: goes on with the next joiner after a reset, and skips one that reset while it waited
// lesson: Everything must end

import net from 'node:net'
import { parentPort } from 'node:worker_threads'

type Endpoint = { host: string; port: number }
type Order = { socket: net.Socket } | { connect: Endpoint } | { say: string } | { end: true }
type News = { heard: string } | { failed: string; code: string | undefined }

let socket: net.Socket | undefined

parentPort?.on('message', (order: Order) => {
  if ('socket' in order) use(order.socket)
  else if ('connect' in order) use(net.connect(order.connect))
  else if ('say' in order) say(order.say)
  else socket?.end()
})

function use(given: net.Socket) {
  socket = given
  let hasConnected = !socket.connecting
  socket.on('connect', () => {
    hasConnected = true
  })
  socket.on('error', (error: NodeJS.ErrnoException) => {
    if (hasConnected) console.error(`the peer broke off: ${error.message}`)
    else tell({ failed: error.message, code: error.code })
  })
  socket.on('end', () => parentPort?.close())
  hear(socket)
}

function hear(socket: net.Socket) {
  let rest = ''
  socket.setEncoding('utf8')
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) tell({ heard: line })
  })
}

function say(line: string) {
  if (socket?.writable) socket.write(`${line}\n`)
}

function tell(news: News) {
  parentPort?.postMessage(news)
}
