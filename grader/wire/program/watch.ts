/*
 * Watches the sockets of the process that it runs in, without changing what they do: it adds no
 * listener (a `data` listener would start the flow, an `error` listener would hide a crash), but looks
 * on at the calls that Node and the program make on each socket.
 */
import type dgram from 'node:dgram'
import diagnostics from 'node:diagnostics_channel'
import net from 'node:net'
import { toBytes } from '../bytes.ts'
import type { Name } from '../recording.ts'
import type { End, Seen } from './log.ts'
import { before, bytesOf, kept, type Method, nameOf } from './look.ts'

type News = Seen extends infer S ? (S extends Seen ? Omit<S, 'at' | 'end'> : never) : never
type AcceptedSocket = net.Socket & { server?: net.Server }

/** Watches all sockets that are made in this thread from now on, and tells of each thing when it happens. */
export function watchProgram(onSeen: (seen: Seen) => void): void {
  const tell = (end: End, news: News) => onSeen({ at: performance.now(), end, ...news } as Seen)

  // The channel for clients tells only of net.connect(), not of new Socket().connect().
  const { connect } = net.Socket.prototype
  net.Socket.prototype.connect = function (this: net.Socket, ...args: Parameters<typeof connect>) {
    // Only after the call, which puts a `write` of the socket's own back to the usual one.
    const result = connect.apply(this, args)
    watchStream(this, 'client', tell, pathOf(args))
    return result
  } as typeof connect
  diagnostics.subscribe('tracing:net.server.listen:asyncEnd', (message) => {
    const address = (message as { server: net.Server }).server.address()
    if (typeof address === 'string') tell({ kind: 'server', path: address }, { what: 'listening' })
    else if (address) {
      const local = nameOf(address.address, address.port)
      tell({ kind: 'server', local }, { what: 'listening' })
    }
  })
  // The channel for accepted sockets speaks after the program's handler, which may have written by then.
  before(net.Server.prototype, 'emit', (...[name, socket]: [string, AcceptedSocket]) => {
    if (name !== 'connection' || !(socket instanceof net.Socket)) return
    const address = socket.server?.address()
    watchStream(socket, 'server', tell, typeof address === 'string' ? address : undefined)
  })
  diagnostics.subscribe('udp.socket', (message) => {
    watchDatagrams((message as { socket: dgram.Socket }).socket, tell)
  })
  if (handedOver) {
    const method = prototype[handedOver] as (data: unknown) => void
    prototype[handedOver] = function (this: net.Socket, data: unknown) {
      method.call(this, data)
      watchStream(this, 'server', tell)
    }
  }
}

/*
 * A socket that is handed to another thread (postMessage) is taken from one object and put into a new
 * one there. Node has no public name for either step; without these two symbols it is not followed.
 */
const prototype = net.Socket.prototype as unknown as Record<symbol, unknown>
const [handsOver, handedOver] = ['messaging_transfer_symbol', 'messaging_deserialize_symbol'].map(
  (name) => Object.getOwnPropertySymbols(prototype).find(({ description }) => description === name),
)

type Tell = (end: End, news: News) => void

function watchStream(socket: net.Socket, kind: End['kind'], tell: Tell, path?: string): void {
  const end: End = { kind, ...(path && { path }) }
  let isHere = true
  const connected = () => {
    if (path) return tell(end, { what: 'connected' })
    // A connection that was reset before it was accepted has no names any more.
    if (!socket.remotePort) return
    end.local = nameOf(socket.localAddress, socket.localPort)
    end.remote = nameOf(socket.remoteAddress, socket.remotePort)
    tell(end, { what: 'connected' })
  }
  if (kind === 'server') connected()
  before(socket, 'push', (chunk: Uint8Array | null) => {
    if (chunk) tell(end, { what: 'read', ...kept(chunk) })
    else tell(end, { what: 'FIN' })
  })
  before(socket, 'write', (chunk: unknown, encoding: unknown) => wrote(chunk, encoding))
  before(socket, 'end', (chunk: unknown, encoding: unknown) => {
    wrote(chunk, encoding)
    tell(end, { what: 'ended' })
  })
  before(socket, 'resetAndDestroy', () => tell(end, { what: 'reset' }))
  before(socket, 'emit', (name: string, error: NodeJS.ErrnoException & Partial<Name>) => {
    if (name === 'connect') connected()
    if (name === 'close' && isHere) tell(end, { what: 'closed' })
    if (name !== 'error') return
    const { code, address = '', port = 0 } = error
    if (code === 'ECONNREFUSED') tell(end, { what: 'refused', to: { address, port } })
    if (code === 'ECONNRESET' || code === 'EPIPE') tell(end, { what: 'was reset' })
  })
  if (handsOver) {
    before(socket as unknown as Record<symbol, Method>, handsOver, () => {
      isHere = false
    })
  }
  const wrote = (chunk: unknown, encoding: unknown) => {
    const bytes = bytesOf(chunk, encoding)
    if (bytes) tell(end, { what: 'wrote', ...kept(bytes) })
  }
}

function watchDatagrams(socket: dgram.Socket, tell: Tell): void {
  const end: End = { kind: 'udp' }
  const named = () => {
    const { address, port } = socket.address()
    end.local = nameOf(address === '0.0.0.0' ? '127.0.0.1' : address, port)
  }
  before(socket, 'send', (data: string | Uint8Array | Uint8Array[], ...args: unknown[]) => {
    // Node calls `send` once more when the socket is bound: that is when the datagram goes.
    if (!end.local) return
    const isPart = typeof args[0] === 'number' && typeof args[1] === 'number'
    const [port, address] = args.slice(isPart ? 2 : 0)
    const whole = Array.isArray(data) ? Buffer.concat(data) : toBytes(data)
    const bytes = isPart
      ? whole.subarray(Number(args[0]), Number(args[0]) + Number(args[1]))
      : whole
    const to = typeof port === 'number' ? nameOf(address ?? '127.0.0.1', port) : end.remote
    if (to) tell(end, { what: 'sent', to, ...kept(bytes) })
  })
  before(socket, 'emit', (name: string, bytes: Uint8Array, from: Name) => {
    if (name === 'listening') {
      named()
      tell(end, { what: 'listening' })
    }
    if (name === 'connect') {
      named()
      const { address, port } = socket.remoteAddress()
      end.remote = nameOf(address, port)
    }
    if (name === 'message') {
      tell(end, { what: 'received', from: nameOf(from.address, from.port), ...kept(bytes) })
    }
  })
}

/** The path that is connected to, by any of the forms of arguments that `connect` takes. */
function pathOf([first]: unknown[]): string | undefined {
  const target: unknown = Array.isArray(first) ? first[0] : first
  if (typeof target === 'object' && target !== null)
    return 'path' in target && target.path ? String(target.path) : undefined
  return typeof target === 'string' && !/^\d+$/.test(target) ? target : undefined
}
