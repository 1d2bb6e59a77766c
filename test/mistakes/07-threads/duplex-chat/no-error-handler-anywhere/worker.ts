// bug: the socket has no listener for its error event, so a reset kills its thread; the thread has none either, so the whole program dies of it
// catalogue: 21
// fails: ends the chat when the server resets
// lesson: Errors arrive as events

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
  const refused = (error: NodeJS.ErrnoException) => {
    tell({ failed: error.message, code: error.code })
  }
  socket.on('error', refused)
  socket.on('connect', () => given.off('error', refused))
  if (!socket.connecting) socket.off('error', refused)
  socket.on('close', () => parentPort?.close())
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
