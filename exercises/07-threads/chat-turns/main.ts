import type net from 'node:net'

type Endpoint = { host: string; port: number }

/**
 * Listens at `at` (port 0: any free port) and chats with one joiner at a time, in the order in which
 * they connected; the others wait. In each chat the joiner speaks first, then both strictly in turn.
 *
 * The operator's turn is the next line typed on stdin, sent in UTF-8 with its `\n`; lines typed out
 * of turn wait. The joiner's line is printed as `peer: TEXT`. The chat is over when the joiner has
 * left (FIN or RST), or when stdin has ended and all its lines have had their turns.
 * Rejects with the system's error (`code`, such as EADDRINUSE) when it cannot listen.
 */
export async function startTurnChat(at: Endpoint): Promise<net.Server> {
  throw new Error(
    'Not written yet: chat with one joiner at a time, in turn, the joiner speaking first',
  )
}

/**
 * Connects and chats as `startTurnChat` does, as the one who speaks first. Resolves when the chat is
 * over and the socket closed; rejects with the system's error (`code`) when it cannot connect.
 */
export async function joinTurnChat(to: Endpoint): Promise<void> {
  throw new Error('Not written yet: connect, speak first and then in turn, until the chat is over')
}

if (import.meta.main) {
  const [how, host = '127.0.0.1', port = '4000'] = process.argv.slice(2)
  if (how === 'join') {
    await joinTurnChat({ host, port: Number(port) })
  } else {
    await startTurnChat({ host: '127.0.0.1', port: Number(how ?? 4000) })
    console.log(`listening on 127.0.0.1:${how ?? 4000}`)
  }
}
