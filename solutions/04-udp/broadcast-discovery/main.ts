import dgram from 'node:dgram'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'

type Endpoint = { host: string; port: number }

const QUESTION = 'WHO?'
const ANSWER = 'I AM '

/**
 * Starts a beacon, which answers each `WHO?` with `I AM name` and ignores every other datagram.
 * Several beacons may share one port. Resolves with the socket once it is bound; rejects with the
 * system's error (`code`, such as EADDRINUSE) when it cannot be.
 */
export async function startBeacon(at: Endpoint, name: string): Promise<dgram.Socket> {
  const socket = dgram.createSocket({ type: 'udp4', reuseAddr: true })
  socket.on('message', (question, asker) => {
    if (question.toString() !== QUESTION) return
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

/**
 * Sends `WHO?` to the broadcast address in `to` and resolves, after `waitMs` milliseconds, with the
 * names of the beacons that answered, sorted by code unit, each once; `[]` when none did. Rejects
 * with the system's error when the question cannot be sent. The socket is closed on every path.
 */
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

if (import.meta.main) {
  const [port = '4000', name] = process.argv.slice(2)
  if (name) {
    await startBeacon({ host: '0.0.0.0', port: Number(port) }, name)
    console.log(`listening on 0.0.0.0:${port}`)
  } else {
    console.log(await discover({ host: '127.255.255.255', port: Number(port) }, 1_000))
  }
}
