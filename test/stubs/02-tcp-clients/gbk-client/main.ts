type Endpoint = { host: string; port: number }

/**
 * Connects, sends `message` in GBK, half-closes, reads to the server's FIN and returns all that
 * came, decoded from GBK.
 *
 * Rejects with the system's error (`code`) when the connection fails or is reset before the
 * server's FIN, and with an Error that says what is wrong when `message` holds a character that
 * GBK lacks; then nothing is sent.
 */
export async function askGbk(to: Endpoint, message: string): Promise<string> {
  throw new Error(
    'Not written yet: send the message in GBK, half-close, and return the whole reply decoded from GBK',
  )
}

if (import.meta.main) {
  const [host = '127.0.0.1', port = '4000', message = '你好'] = process.argv.slice(2)
  console.log(await askGbk({ host, port: Number(port) }, message))
}
