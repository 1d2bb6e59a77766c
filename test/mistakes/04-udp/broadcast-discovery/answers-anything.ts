// bug: every datagram was answered, and not only `WHO?`; on a shared port others talk too
// catalogue: 38
// fails: ignores datagrams that are not WHO?
// lesson: One to all: broadcast
import dgram from 'node:dgram'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'

type Endpoint = { host: string; port: number }

const QUESTION = 'WHO?'
const ANSWER = 'I AM '

export async function startBeacon(at: Endpoint, name: string): Promise<dgram.Socket> {
  const socket = dgram.createSocket({ type: 'udp4', reuseAddr: true })
  socket.on('message', (_question, asker) => {
    socket.send(ANSWER + name, asker.port, asker.address, report)
  })
  try {
    socket.bind(at.port, at.host)
    await once(socket, 'listening')
  } catch (error) {
    socket.close()
    throw error
  }
  socket.on('error', report)
  return socket
}

export async function discover(to: Endpoint, waitMs: number): Promise<string[]> {
  const socket = dgram.createSocket('udp4')
  const names = new Set<string>()
  socket.on('message', (answer) => {
    const text = answer.toString()
    if (text.startsWith(ANSWER)) names.add(text.slice(ANSWER.length))
  })
  try {
    socket.bind()
    await once(socket, 'listening')
    socket.on('error', report)
    socket.setBroadcast(true)
    await new Promise<void>((resolve, reject) => {
      socket.send(QUESTION, to.port, to.host, (error) => (error ? reject(error) : resolve()))
    })
    await delay(waitMs)
    return [...names].sort()
  } finally {
    socket.close()
  }
}

function report(error: Error | null) {
  if (error) console.error(`one datagram went wrong: ${error.message}`)
}
