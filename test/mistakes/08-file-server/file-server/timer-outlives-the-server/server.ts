// bug: a timer that looks in every minute is never cleared, so the process lives on after close() and the last leaving
// catalogue: -
// fails: accounts: serves those who are there after close, and leaves nothing running when they have left
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
  const timer = setInterval(() => {
    server.getConnections((_, count) => console.error(`${count} connections`))
  }, 60_000)
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      clearInterval(timer)
      reject(error)
    })
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
