// needs linux: the count of probes is read from /proc
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { isMainThread, Worker, workerData } from 'node:worker_threads'

if (!isMainThread) {
  const socket = net.connect(workerData as number, '127.0.0.1', () => {
    socket.setKeepAlive(false)
    // Hung: from now on this thread does nothing, and reads nothing.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  })
}

/** How many probes this machine has sent since it was started. */
function probesSent(): number {
  const [names = [], values = []] = fs
    .readFileSync('/proc/net/netstat', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('TcpExt:'))
    .map((line) => line.split(' '))
  return Number(values[names.indexOf('TCPKeepAlive')])
}

// #region hung
if (isMainThread) {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  const peer = new Worker(new URL(import.meta.url), { workerData: port })
  const [socket] = (await once(server, 'connection')) as [net.Socket]
  socket.on('error', (error) => console.log('error:', error.message))
  const before = probesSent()

  // After one second of silence a probe, and if one is not answered in a second, the connection is lost.
  socket.setKeepAlive(true, 1_000, 1_000, 1)
  await sleep(3_500)
  console.log('probes were sent:', probesSent() > before)
  console.log('the peer is hung, the socket is', socket.readyState)
  await peer.terminate()
  socket.destroy()
  server.close()
}
// #endregion
