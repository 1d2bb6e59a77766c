// bug: an empty line is taken for nothing and skipped, but it is a line like any other
// catalogue: 9
// fails: takes an empty line for a line
// lesson: Both may speak at once

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
  socket.on('close', () => parentPort?.close())
  hear(socket)
}

function hear(socket: net.Socket) {
  let rest = ''
  socket.setEncoding('utf8')
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line) tell({ heard: line })
  })
}

function say(line: string) {
  if (socket?.writable) socket.write(`${line}\n`)
}

function tell(news: News) {
  parentPort?.postMessage(news)
}
