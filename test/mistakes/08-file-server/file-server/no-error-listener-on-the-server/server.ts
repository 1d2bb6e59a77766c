// bug: nobody listens for the error event of the server, so a port that is taken ends the program instead of rejecting the promise
// catalogue: 22
// fails: accounts: rejects with EADDRINUSE when the port is taken
// lesson: Errors arrive as events
import net from 'node:net'
import { type AccountOptions, Accounts } from './accounts.ts'
import { GREETING } from './protocol.ts'
import { Session } from './session.ts'
import { CutOff, Wire } from './wire.ts'

export type ServerOptions = {
  host: string
  port: number
  dataDir: string
  accounts: AccountOptions[]
}

/**
 * Starts the server: every user of `accounts` has the folder `dataDir/home/NAME`. Resolves once it
 * listens; rejects with the system's error (`code`) when it cannot.
 */
export async function startFileServer(options: ServerOptions): Promise<net.Server> {
  const { host, port, dataDir } = options
  const accounts = await Accounts.open(dataDir, options.accounts)
  // Half-open: a client that has ended still gets its answers. Without delay: an answer's line and
  // the bytes after it are two writes, and the second is not to wait for the first one's ACK.
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    void serve(new Wire(socket), accounts)
  })
  return new Promise((resolve) => {
    server.listen({ host, port }, () => resolve(server))
  })
}

async function serve(wire: Wire, accounts: Accounts): Promise<void> {
  try {
    await wire.send(GREETING)
    await new Session(wire, accounts).run()
    await wire.hangUp()
  } catch (error) {
    // In the middle of an answer or of a file there is no way to say what is wrong.
    wire.destroy()
    if (!(error instanceof CutOff)) console.error(error)
  }
}
