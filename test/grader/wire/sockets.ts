import { once } from 'node:events'
import net from 'node:net'
import { test as base } from 'vitest'
import type { Peer } from '../../../grader/wire/peer.ts'
import { Recorder } from '../../../grader/wire/recording.ts'
import { Listener } from '../../../grader/wire/tcp.ts'
import { PlainWaiter } from './plain-waiter.ts'

type Pair = {
  /** the grader's end */
  peer: Peer
  /** the other end, which a student's program would have */
  socket: net.Socket
  recorder: Recorder
  waiter: PlainWaiter
}

/** `test` with both ends of one connection. */
export const test = base.extend<{ pair: Pair }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that one needs off the pattern
  pair: async ({}, use) => {
    const recorder = new Recorder()
    const waiter = new PlainWaiter()
    const listener = await new Listener(recorder, waiter).listen()
    const socket = net.connect({ ...listener.address, allowHalfOpen: true })
    socket.on('error', () => {})
    const [peer] = await Promise.all([listener.accept(), once(socket, 'connect')])
    await use({ peer, socket, recorder, waiter })
    listener.close()
    socket.destroy()
    await peer.destroy()
  },
})

/** All that comes until FIN. */
export async function readAll(socket: net.Socket): Promise<string> {
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  await once(socket, 'end')
  return Buffer.concat(chunks).toString()
}
