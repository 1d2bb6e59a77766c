import net from 'node:net'

/**
 * Starts a server at the UNIX-domain socket `path`, a file with mode 0600. It answers each line (UTF-8,
 * ended by `\n` alone) with the same line in upper case; an unended last one gets no reply. Resolves
 * once it listens. A socket file that nobody listens on is replaced; where somebody does, the promise
 * rejects with EADDRINUSE. Any other file in the way is left alone, and the promise rejects.
 */
export async function startUnixServer(path: string): Promise<net.Server> {
  throw new Error(
    'Not written yet: listen at path, with a fitting mode and in place of a stale socket, and answer lines',
  )
}

/**
 * Sends `line` and a `\n` to the server at the UNIX-domain socket `path`, and resolves with its reply
 * line, without the newline. Rejects with the system's error when it cannot connect or is cut off,
 * and when the connection ends before the whole line has come. The socket is closed on every path.
 */
export async function askUnix(path: string, line: string): Promise<string> {
  throw new Error('Not written yet: connect, send the line, and return the line that comes back')
}

if (import.meta.main) {
  const [path = '/tmp/upper.sock', line] = process.argv.slice(2)
  if (line === undefined) {
    await startUnixServer(path)
    console.log(`listening on ${path}`)
  } else {
    console.log(await askUnix(path, line))
  }
}
