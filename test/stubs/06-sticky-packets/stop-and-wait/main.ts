type Endpoint = { host: string; port: number }

/**
 * Sends each message as a line (UTF-8, ended by `\n`), the next one only when the reply line to the
 * last has come, and returns the replies: each what precedes its `\n`, unchanged.
 *
 * Rejects before connecting when a message contains `\n`, with the system's error (`code`) when it
 * cannot connect or is reset, and when the server's FIN comes before a reply is whole. The socket
 * is gone at the end, whether the server closes or not.
 */
export async function sendInTurn(to: Endpoint, messages: string[]): Promise<string[]> {
  throw new Error(
    'Not written yet: connect, send the messages as lines, one at a time, and return the reply line to each',
  )
}

if (import.meta.main) {
  const [host = '127.0.0.1', port = '4000', ...messages] = process.argv.slice(2)
  console.log(await sendInTurn({ host, port: Number(port) }, messages))
}
