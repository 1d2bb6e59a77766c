import net from 'node:net'

type Endpoint = { host: string; port: number }

/**
 * Starts a server that answers each frame (4 bytes of length, big-endian, then as many bytes of
 * UTF-8 text) with a frame that holds the text in upper case. A length of more than 1 MiB ends the
 * connection on the header alone. A frame unfinished at FIN gets no answer. Resolves once it
 * listens; rejects with the system's error when it cannot.
 */
export async function startFrameServer(at: Endpoint): Promise<net.Server> {
  throw new Error(
    'Not written yet: start a server that reads frames of a length and a text, and answers each in upper case',
  )
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startFrameServer({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
