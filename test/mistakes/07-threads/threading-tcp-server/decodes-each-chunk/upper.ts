// bug: each chunk was decoded on its own, so a character whose bytes came in two chunks was broken
// catalogue: 14
// fails: startUpperServer sends back in upper case what comes, as it comes, and breaks no character
// lesson: Setup, handle, finish

import { once } from 'node:events'
import type { Duplex } from 'node:stream'

export async function handle(request: Duplex): Promise<void> {
  request.on('data', (chunk: Buffer) => request.write(chunk.toString().toUpperCase()))
  await once(request, 'end')
}
