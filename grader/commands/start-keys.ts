import { on, once } from 'node:events'
import readline from 'node:readline'

/** Resolves when the process is asked to end (Ctrl-C, SIGTERM, the window closed), or at `signal`. */
export async function askedToEnd(signal: AbortSignal): Promise<void> {
  const asked = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => once(process, name, { signal }))
  await Promise.allSettled([Promise.race(asked)])
}

/**
 * The keys pressed, by name, each handed out once and in order, whatever is done meanwhile. Upper case
 * and the wide letters of an input method count as the plain letter. Ends with the input, or at `signal`;
 * the terminal then is as it was. Where there is no terminal there are no keys, and it ends at `signal`.
 */
export async function* keysPressed(signal: AbortSignal): AsyncGenerator<string> {
  const { stdin } = process
  if (!stdin.isTTY) return void (await once(signal, 'abort'))
  readline.emitKeypressEvents(stdin)
  stdin.setRawMode(true)
  stdin.resume()
  try {
    for await (const [, key] of on(stdin, 'keypress', { signal, close: ['end'] })) yield nameOf(key)
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
  }
}

function nameOf({ name = '', sequence = '', ctrl }: readline.Key): string {
  if (ctrl) return `ctrl-${name}`
  return name.length > 1 ? name : sequence.normalize('NFKC').toLowerCase()
}
