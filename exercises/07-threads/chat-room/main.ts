import type net from 'node:net'

type Endpoint = { host: string; port: number }

/**
 * Listens at `at` (port 0: any free port) and keeps a room in which all hear one another. A client's
 * first line is its name: 1 to 16 ASCII letters or digits that nobody in the room bears, else it
 * gets `ERR REASON\n` and FIN.
 *
 * A newcomer gets `* here: A, B\n` (the others, sorted by code unit), the others `* NAME joined\n`.
 * Each further line of a member goes to all others as `[NAME] LINE\n`, LINE byte for byte. When it
 * leaves, by FIN or RST, they get `* NAME left\n`, once. A member for whom more than 1 MiB waits to
 * be sent is dropped and has left; nobody waits for it.
 * Rejects with the system's error (`code`, such as EADDRINUSE) when it cannot listen.
 */
export async function startChatRoom(at: Endpoint): Promise<net.Server> {
  throw new Error(
    'Not written yet: give each client a name and pass its lines on to all other members',
  )
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startChatRoom({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
