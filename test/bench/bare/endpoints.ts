/** What test/hidden/01-sockets/endpoints.test.ts does, in one process and without the harness. */
import { once } from 'node:events'
import net from 'node:net'
import { describeConnection } from '../../../solutions/01-sockets/endpoints/main.ts'

type Ends = Awaited<ReturnType<typeof describeConnection>>
type Name = Ends['local']

/** A server that notes both ends of each connection, as the client should name them. */
async function listen(host = '127.0.0.1', isClosing = true) {
  const seen: Ends[] = []
  const server = net.createServer({ allowHalfOpen: true }, (client) => {
    seen.push({
      local: named(client.remoteAddress, client.remotePort),
      remote: named(client.localAddress, client.localPort),
    })
    client.resume()
    if (isClosing) client.on('end', () => client.end())
  })
  server.listen(0, host)
  await once(server, 'listening')
  const accept = async () => ((await once(server, 'connection')) as [net.Socket])[0]
  const { address, port } = server.address() as net.AddressInfo
  return { server, seen, accept, to: { host: address, port } }
}

function named(from = '', port = 0): Name {
  const address = from.replace(/^::ffff:/, '')
  return { address, port, family: net.isIPv6(address) ? 'IPv6' : 'IPv4' }
}

function same(got: unknown, expected: unknown): void {
  const texts = [got, expected].map((value) => JSON.stringify(value))
  if (texts[0] !== texts[1]) throw new Error(`got ${texts[0]}, expected ${texts[1]}`)
}

/** One connection to a server that closes after the client. */
async function told(host?: string): Promise<{ got: Ends; seen: Ends }> {
  const { server, seen, to } = await listen(host)
  const got = await describeConnection(to)
  if (!seen[0]) await once(server, 'connection')
  server.close()
  return { got, seen: seen[0] as Ends }
}

export const checks: Record<string, () => Promise<void>> = {
  'gives each end an address, a port and a family': async () => {
    const { got } = await told()
    const kinds = [got.local, got.remote].map((end) => [
      typeof end.address,
      typeof end.port,
      end.family,
    ])
    same(kinds, [
      ['string', 'number', 'IPv4'],
      ['string', 'number', 'IPv4'],
    ])
  },
  'names the server as the remote end': async () => {
    const { got, seen } = await told()
    same(got.remote, seen.remote)
  },
  'names itself as the local end, with a port of its own': async () => {
    const { got, seen } = await told()
    same(got.local, seen.local)
  },
  'names both ends of an ipv6 connection': async () => {
    const { got, seen } = await told('::1')
    same(got, seen)
  },
  'reads the names from the socket, not from its arguments': async () => {
    const { server, seen, accept, to } = await listen('::')
    for (const host of ['0:0:0:0:0:0:0:1', 'localhost']) {
      const accepted = accept()
      const got = await describeConnection({ host, port: to.port })
      await accepted
      same(got, seen.at(-1))
    }
    server.close()
  },
  'tells two connections to one server apart': async () => {
    const { server, seen, accept, to } = await listen()
    const got: Ends[] = []
    for (let i = 0; i < 2; i++) {
      const accepted = accept()
      got.push(await describeConnection(to))
      await accepted
    }
    same(got, seen)
    server.close()
  },
  'resolves though the server never closes': async () => {
    const { server, accept, to } = await listen('127.0.0.1', false)
    const accepted = accept()
    await describeConnection(to)
    ;(await accepted).destroy()
    server.close()
  },
  'leaves with FIN': async () => {
    const { server, accept, to } = await listen()
    const asked = describeConnection(to)
    await once(await accept(), 'end')
    await asked
    server.close()
  },
  'is not disturbed by a reset that comes after it has left': async () => {
    const { server, accept, to } = await listen('127.0.0.1', false)
    const asked = describeConnection(to)
    const client = await accept()
    await once(client, 'end')
    await asked
    client.resetAndDestroy()
    server.close()
  },
  'rejects with ECONNREFUSED when nobody listens': async () => {
    const bound = new net.BoundSocket({ host: '127.0.0.1', port: 0 })
    const { port } = bound.address() as net.AddressInfo
    const error = await describeConnection({ host: '127.0.0.1', port }).catch((error) => error)
    bound.close()
    same(error.code, 'ECONNREFUSED')
  },
}

if (import.meta.main) {
  for (const check of Object.values(checks)) await check()
  console.log(`pass ${Object.keys(checks).length}`)
}
