import net from 'node:net'

type Endpoint = { host: string; port: number }

/**
 * Starts a server that runs each line (`COMMAND\n`, UTF-8) with `/bin/sh` and answers with what it
 * printed on stdout: its size in bytes as decimal digits, `\n`, and the bytes. A command that cannot
 * be run, fails, prints nothing or takes more than five seconds is answered with `0\n`; after the
 * five seconds it is killed with all that it started. Each connection's commands run one at a time,
 * in order. Resolves once it listens; rejects with the system's error (`code`) when it cannot.
 */
export async function startCommandServer(at: Endpoint): Promise<net.Server> {
  throw new Error(
    'Not written yet: run each line with /bin/sh and answer with the size of its output and the output',
  )
}

/**
 * Has a command server run `commands` and resolves with what each of them printed, as text. Rejects
 * when a command contains `\n`, when what comes is not what the protocol says or ends too early, and
 * with the system's error (`code`) when it cannot connect or is cut off. The socket is closed in
 * every case.
 */
export async function runRemote(to: Endpoint, commands: string[]): Promise<string[]> {
  throw new Error(
    'Not written yet: send the commands and return what each of them printed, exactly as many bytes as were announced',
  )
}

if (import.meta.main) {
  const [first = '4000', port, ...commands] = process.argv.slice(2)
  if (port === undefined) {
    await startCommandServer({ host: '127.0.0.1', port: Number(first) })
    console.log(`listening on 127.0.0.1:${first}`)
  } else {
    for (const output of await runRemote({ host: first, port: Number(port) }, commands)) {
      process.stdout.write(output)
    }
  }
}
