type Endpoint = { host: string; port: number }

/**
 * Tries to connect. Resolves with 0 when that worked, and closes the connection (sends FIN);
 * otherwise with the system's positive error number (errno). Rejects with a RangeError when there can
 * be no such port, and with the lookup's error when the name of the host cannot be resolved.
 */
export async function connectEx(to: Endpoint): Promise<number> {
  throw new Error(
    'Not written yet: try to connect, and resolve with 0 or with the number of the system error',
  )
}

if (import.meta.main) {
  const [host = '127.0.0.1', port = '4000'] = process.argv.slice(2)
  console.log(await connectEx({ host, port: Number(port) }))
}
