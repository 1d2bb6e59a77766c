import { once } from 'node:events'
import net from 'node:net'
import { BadCall } from '../exit.ts'
import { nameText } from '../wire/transcript.ts'
import type { Exchange } from './exchange.ts'
import { StreamPartner } from './partner.ts'
import { placeText } from './place.ts'
import { trouble } from './trouble.ts'

/** Connects over TCP or to a UNIX socket. Throws a BadCall when nobody is there. */
export async function connect(exchange: Exchange): Promise<void> {
  const { place, log } = exchange
  const socket = net.connect({ ...place, allowHalfOpen: true })
  exchange.closeShared = () => socket.destroy()
  // A name may stand for several addresses, which are tried one after another.
  socket.on(
    'connectionAttemptFailed',
    (address, port, _family, { code }: NodeJS.ErrnoException) => {
      if (code === 'ECONNREFUSED')
        log.add({ kind: 'refused', way: 'in', conn: '', to: { address, port } })
    },
  )
  try {
    await once(socket, 'connect')
  } catch (error) {
    throw new BadCall(trouble(error, place))
  }
  exchange.closeShared = () => {}
  exchange.where = `connected with ${placeText(place)}`
  exchange.add(new StreamPartner(socket, exchange))
}

/** Listens over TCP or at a UNIX socket. Throws a BadCall when that cannot be. */
export async function listen(exchange: Exchange): Promise<void> {
  const { place } = exchange
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    exchange.add(new StreamPartner(socket, exchange))
  })
  try {
    await once(server.listen({ ...place }), 'listening')
  } catch (error) {
    throw new BadCall(trouble(error, place))
  }
  exchange.closeShared = () => server.close()
  const address = server.address()
  exchange.where =
    address === null || typeof address === 'string'
      ? `listening at ${placeText(place)}`
      : `listening on ${nameText(address)}, ${reach(address.address)}`
}

/** Who can come to a socket that is bound to this address. */
export function reach(address: string): string {
  if (address === '0.0.0.0' || address === '::')
    return 'on all interfaces: everybody who can reach this machine can come'
  if (net.isIPv4(address) ? address.startsWith('127.') : address === '::1')
    return 'for programs on this machine'
  return 'for everybody who can reach this address'
}
