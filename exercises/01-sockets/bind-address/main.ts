import type net from 'node:net'

/**
 * Starts a server that greets each client with `hello\n` and closes (sends FIN), whatever the client
 * sends. `this-machine`: reachable at 127.0.0.1 only. `every-interface`: at every address of this
 * machine, IPv4 and IPv6. `port` 0 means any free one. Resolves once it listens; rejects with the
 * system's error (`code`) when it cannot.
 */
export async function listenOn(
  where: 'this-machine' | 'every-interface',
  port: number,
): Promise<net.Server> {
  throw new Error(
    'Not written yet: start a server at the addresses that `where` names, which greets each client and closes',
  )
}

if (import.meta.main) {
  const [port = '4000', where] = process.argv.slice(2)
  const server = await listenOn(
    where === 'every-interface' ? 'every-interface' : 'this-machine',
    Number(port),
  )
  console.log('listening on', server.address())
}
