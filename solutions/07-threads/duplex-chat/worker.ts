import net from 'node:net'
import { parentPort } from 'node:worker_threads'

type Endpoint = { host: string; port: number }
/** What this thread is told, and what it tells: the same types stand in main.ts. */
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
  // With the port closed nothing keeps this thread alive any more.
  socket.on('close', () => parentPort?.close())
  hear(socket)
}

function hear(socket: net.Socket) {
  let rest = ''
  // The decoder keeps the first bytes of a character until its last ones come.
  socket.setEncoding('utf8')
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) tell({ heard: line })
  })
}

function say(line: string) {
  // The peer may have left while the order was on its way.
  if (socket?.writable) socket.write(`${line}\n`)
}

function tell(news: News) {
  parentPort?.postMessage(news)
}
