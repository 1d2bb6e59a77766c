import net from 'node:net'

type Endpoint = { host: string; port: number }

/**
 * Starts a server that answers each line (ended by `\n`; one `\r` before it is dropped) with
 * `N:LINE\n`: N is its length in bytes, LINE the line byte for byte. To a line of more than 65,536
 * bytes it says `ERR line too long\n` as soon as it cannot fit, and closes. Resolves once it
 * listens; rejects with the system's error when it cannot.
 */
export async function startLineServer(at: Endpoint): Promise<net.Server> {
  throw new Error(
    'Not written yet: start a server that finds the lines in what comes and answers each with its length and itself',
  )
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startLineServer({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
