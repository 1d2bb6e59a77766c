import type net from 'node:net'

type ServerOptions = {
  host: string
  port: number
  dataDir: string
  accounts: { name: string; password: string; quotaBytes: number }[]
}
type Session = { host: string; port: number; user: string; password: string }
type Done = { size: number; sha256: string; resumedFrom: number }
type Entry = { name: string; type: 'file' | 'dir'; size: number }

/**
 * Starts a file server that keeps all it has below `dataDir`; the home of each of `accounts` is
 * `dataDir/home/NAME`. Resolves once it listens (port 0: any free port); rejects with the system's
 * error (`code`) when it cannot.
 */
export async function startFileServer(options: ServerOptions): Promise<net.Server> {
  throw new Error(
    'Not written yet: greet each client, let it log in with SCRAM-SHA-256, and answer its requests one by one',
  )
}

/**
 * Copies the local file to `remote` on the server, and goes on where an earlier call was cut off, at
 * `resumedFrom` bytes. Prints its progress. Rejects with the server's refusal or the system's error
 * in `code`.
 */
export async function upload(o: Session & { local: string; remote: string }): Promise<Done> {
  throw new Error(
    'Not written yet: log in, announce the file with its size and SHA-256, and send the bytes that the server lacks',
  )
}

/**
 * Copies `remote` from the server to the file `local`, which appears or is replaced only when all has
 * come and its SHA-256 is right; goes on where an earlier call was cut off, at `resumedFrom` bytes.
 * Prints its progress. Rejects with the server's refusal or the system's error in `code`.
 */
export async function download(o: Session & { remote: string; local: string }): Promise<Done> {
  throw new Error(
    'Not written yet: log in, ask for the bytes that are missing, check the whole, and only then let the file appear',
  )
}

/** What is in the directory `path` on the server, sorted by name. Rejects as `upload` does. */
export async function list(o: Session & { path: string }): Promise<Entry[]> {
  throw new Error(
    'Not written yet: log in, ask for the list of the directory, and resolve with its entries',
  )
}

const USAGE = `main.ts serve PORT DATADIR
main.ts put LOCAL REMOTE
main.ts get REMOTE LOCAL
main.ts ls [PATH]
put, get and ls go to port 4000 as alice, whose password is wonderland; the environment's
COURSE_PORT, COURSE_USER and COURSE_PASSWORD change that.`

if (import.meta.main) {
  const [verb, first = '', second = ''] = process.argv.slice(2)
  const {
    COURSE_PORT = '4000',
    COURSE_USER: user = 'alice',
    COURSE_PASSWORD: password = 'wonderland',
  } = process.env
  const session = { host: '127.0.0.1', port: Number(COURSE_PORT), user, password }
  if (verb === 'serve') {
    const port = Number(first || 4000)
    const accounts = [
      { name: 'alice', password: 'wonderland', quotaBytes: 100_000_000 },
      { name: 'bob', password: 'builder', quotaBytes: 1_000 },
    ]
    await startFileServer({ host: '127.0.0.1', port, dataDir: second || 'data', accounts })
    console.log(`listening on 127.0.0.1:${port}`)
  } else if (verb === 'put') {
    console.log(await upload({ ...session, local: first, remote: second }))
  } else if (verb === 'get') {
    console.log(await download({ ...session, remote: first, local: second }))
  } else if (verb === 'ls') {
    console.table(await list({ ...session, path: first || '/' }))
  } else {
    console.log(USAGE)
  }
}
