import type { Duplex } from 'node:stream'

/** Sends back in upper case what comes, until the client has sent FIN. */
export async function handle(request: Duplex): Promise<void> {
  throw new Error('Not written yet: write upper case back as it comes')
}
