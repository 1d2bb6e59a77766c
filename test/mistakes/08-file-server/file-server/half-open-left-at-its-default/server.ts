// bug: Node answers a client's FIN with its own unless told otherwise, and the answers that were still to come are lost
// catalogue: 24
// fails: accounts: answers all that was asked before a FIN
// lesson: One line, one request
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
  const server = net.createServer({ noDelay: true }, (socket) => {
    void serve(new Wire(socket), accounts)
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
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
