type Endpoint = { host: string; port: number }

/**
 * Sends `message` (UTF-8) to a server, half-closes, and resolves with all the text that comes back
 * before the server's FIN. Rejects with the system's error when it cannot connect or is cut off.
 */
export async function ask(to: Endpoint, message: string): Promise<string> {
  throw new Error(
    'Not written yet: connect, send the message, half-close, and return all the text that comes back',
  )
}

if (import.meta.main) {
  const [host = '127.0.0.1', port = '4000', message = 'hello'] = process.argv.slice(2)
  console.log(await ask({ host, port: Number(port) }, message))
}
