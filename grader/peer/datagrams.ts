import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'
import { BadCall } from '../exit.ts'
import type { Name } from '../wire/recording.ts'
import { nameText } from '../wire/transcript.ts'
import type { Exchange } from './exchange.ts'
import { Inbox } from './inbox.ts'
import type { Partner } from './partner.ts'
import type { IpPlace } from './place.ts'
import { reach } from './streams.ts'
import { trouble } from './trouble.ts'

/** The most that a datagram over IPv4 can hold, in bytes: 65,535 less the headers of IP and UDP. */
const LONGEST = 65_507
const NO_ENDING = 'UDP knows no connection, so there is nothing to end or reset'

/** Somebody whose datagrams came to our socket, or the one address that it is connected to. */
class DatagramPartner implements Partner {
  readonly letter: string
  readonly inbox: Inbox
  readonly ending = undefined
  readonly hasFinished = false
  readonly #socket: dgram.Socket
  readonly #exchange: Exchange
  readonly #remote: Name

  constructor(socket: dgram.Socket, exchange: Exchange, remote: Name) {
    this.#socket = socket
    this.#exchange = exchange
    this.#remote = remote
    this.letter = exchange.log.nextConnection()
    this.inbox = new Inbox({ keeps: exchange.keeps, isStream: false })
  }

  get name(): string {
    return nameText(this.#remote)
  }

  receive(bytes: Buffer): void {
    const names = { from: this.#remote, to: this.#socket.address() }
    this.#exchange.log.bytes('datagram', 'out', this.letter, bytes, names)
    this.inbox.add(bytes)
    this.#exchange.latest = this
    this.#exchange.announce()
  }

  /** An ICMP message came back, which is told with the next thing that is done with a connected socket. */
  refused(): void {
    const text = `ICMP port unreachable: nobody has UDP port ${this.#remote.port} open there`
    this.#exchange.log.add({ kind: 'note', way: 'out', conn: this.letter, text })
    this.#exchange.announce()
  }

  async send(bytes: Uint8Array): Promise<void> {
    if (bytes.length > LONGEST)
      throw new BadCall(
        `${bytes.length.toLocaleString('en')} B do not fit into one datagram, which holds ${LONGEST.toLocaleString('en')} at most; nothing was sent`,
      )
    const { log, place } = this.#exchange
    const names = { from: this.#socket.address(), to: this.#remote }
    log.bytes('datagram', 'in', this.letter, bytes, names)
    let error = await this.#hand(bytes)
    if (error?.code === 'ECONNREFUSED') {
      // It is about an earlier datagram, and in telling it the kernel has not sent this one (udp(7)).
      this.refused()
      error = await this.#hand(bytes)
    }
    if (!error) return
    const text = `not sent: ${trouble(error, place)}`
    log.add({ kind: 'note', way: 'in', conn: this.letter, text })
  }

  /** Hands a datagram to the kernel; resolves with the error if it does not take it. */
  #hand(bytes: Uint8Array): Promise<NodeJS.ErrnoException | null> {
    const { address, port } = this.#remote
    return new Promise((resolve) => {
      if (this.#exchange.place.isServer) this.#socket.send(bytes, port, address, resolve)
      else this.#socket.send(bytes, resolve)
    })
  }

  finish(): void {
    throw new BadCall(`${NO_ENDING}; /quit leaves`)
  }

  reset(): void {
    throw new BadCall(`${NO_ENDING}; /quit leaves`)
  }

  async close(): Promise<void> {
    this.#exchange.remove(this)
  }
}

/** A UDP socket connected to one address: the kernel hands it nothing of others, and tells when it is refused. */
export async function connectDatagrams(exchange: Exchange): Promise<void> {
  const place = exchange.place as IpPlace
  const socket = dgram.createSocket(net.isIPv6(place.host) ? 'udp6' : 'udp4')
  try {
    socket.connect(place.port, place.host)
    await once(socket, 'connect')
  } catch (error) {
    socket.close()
    throw new BadCall(trouble(error, place))
  }
  exchange.closeShared = () => socket.close()
  const partner = new DatagramPartner(socket, exchange, socket.remoteAddress())
  socket.on('message', (bytes) => partner.receive(bytes))
  socket.on('error', () => partner.refused())
  exchange.where = `sending from ${nameText(socket.address())} to ${partner.name} (UDP: nobody has been asked yet)`
  exchange.add(partner)
}

/** A UDP socket bound to a port: whoever sends to it becomes a partner. */
export async function listenDatagrams(exchange: Exchange): Promise<void> {
  const place = exchange.place as IpPlace
  const socket = dgram.createSocket(net.isIPv6(place.host) ? 'udp6' : 'udp4')
  const partners = new Map<string, DatagramPartner>()
  socket.on('message', (bytes, { address, port }) => {
    const key = nameText({ address, port })
    const known = partners.get(key)
    const partner = known ?? new DatagramPartner(socket, exchange, { address, port })
    partners.set(key, partner)
    if (!known) exchange.add(partner)
    partner.receive(bytes)
  })
  try {
    socket.bind({ address: place.host, port: place.port })
    await once(socket, 'listening')
  } catch (error) {
    throw new BadCall(trouble(error, place))
  }
  socket.on('error', () => {})
  exchange.closeShared = () => socket.close()
  const address = socket.address()
  exchange.where = `waiting for datagrams on ${nameText(address)}, ${reach(address.address)}`
}
