import type { Random } from './random.ts'
import type { Endpoint } from './tcp.ts'
import type { Datagram, UdpPeer } from './udp.ts'

/**
 * What an unreliable network brings after a request: the answer; an answer that belongs to another
 * request; one from a stranger's port; the first bytes of one. Nothing at all is a loss, the answer
 * twice a repetition, another one before it a reordering or a late reply.
 */
export type Delivery = 'answer' | 'stale' | 'forged' | 'truncated'

/** How much of an answer is left when it is truncated, in bytes. */
const TRUNCATED = 3

/**
 * What follows each of `requests` requests: after all but the last anything but the answer, in any order; after the
 * last the answer, perhaps behind other things, perhaps twice.
 */
export function faultPlan(random: Random, requests: number): Delivery[][] {
  const noise = () =>
    random.shuffle(['stale', 'forged', 'truncated'] as const).slice(0, random.int(0, 3))
  return Array.from({ length: requests }, (_, i) =>
    i < requests - 1 ? noise() : [...noise(), 'answer', ...random.pick([[], ['answer'] as const])],
  )
}

/** A server behind an unreliable network: `server` answers, `stranger` is anybody else on the same host. */
export class UnreliableServer {
  readonly #server: UdpPeer
  readonly #stranger: UdpPeer

  constructor(server: UdpPeer, stranger: UdpPeer) {
    this.#server = server
    this.#stranger = stranger
  }

  get address(): Endpoint {
    return this.#server.address
  }

  /**
   * Takes as many requests as the plan has entries and delivers after each what its entry says.
   * `answer` makes the answer to a request, `stale` one to some other request. Resolves with the requests.
   */
  async serve(
    plan: readonly (readonly Delivery[])[],
    answer: (request: Buffer) => Uint8Array,
    stale: (request: Buffer) => Uint8Array,
  ): Promise<Datagram[]> {
    const requests: Datagram[] = []
    for (const deliveries of plan) {
      const isLost = deliveries.length === 0
      const request = isLost ? await this.#server.lose() : await this.#server.receive()
      requests.push(request)
      for (const delivery of deliveries) {
        const due = answer(request.bytes)
        if (delivery === 'answer') await this.#server.send(due, request.from)
        if (delivery === 'stale') await this.#server.send(stale(request.bytes), request.from)
        if (delivery === 'forged') await this.#stranger.send(due, request.from)
        if (delivery === 'truncated')
          await this.#server.send(due.subarray(0, TRUNCATED), request.from)
      }
    }
    return requests
  }
}
