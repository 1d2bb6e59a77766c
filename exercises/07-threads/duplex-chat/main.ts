import type net from 'node:net'

type Endpoint = { host: string; port: number }

/** The file whose code runs in the thread that a chat's socket lives in: `new Worker(THREAD)`. */
const THREAD = new URL('./worker.ts', import.meta.url)

/**
 * Listens at `at` (port 0: any free port) and chats with one joiner at a time, in the order in which
 * they connected; the others wait, and nothing of theirs is lost. Both may speak at any time.
 *
 * Each line typed on stdin is sent in UTF-8 with its `\n`, each line of the joiner's is printed as
 * `peer: TEXT`. The end of stdin is sent as FIN, after all that was typed. The chat is over when the
 * joiner has left (FIN or RST). Its socket lives in a worker thread, which ends with it.
 * Rejects with the system's error (`code`, such as EADDRINUSE) when it cannot listen.
 */
export async function startDuplexChat(at: Endpoint): Promise<net.Server> {
  throw new Error(
    'Not written yet: hand each socket over to a thread and pass lines between it and stdin',
  )
}

/**
 * Connects and chats as `startDuplexChat` does. Resolves when the chat is over and its thread has
 * ended; rejects with the system's error (`code`) when it cannot connect.
 */
export async function joinDuplexChat(to: Endpoint): Promise<void> {
  throw new Error('Not written yet: let a thread connect and pass lines between it and stdin')
}

if (import.meta.main) {
  const [how, host = '127.0.0.1', port = '4000'] = process.argv.slice(2)
  if (how === 'join') {
    await joinDuplexChat({ host, port: Number(port) })
  } else {
    await startDuplexChat({ host: '127.0.0.1', port: Number(how ?? 4000) })
    console.log(`listening on 127.0.0.1:${how ?? 4000}`)
  }
}
