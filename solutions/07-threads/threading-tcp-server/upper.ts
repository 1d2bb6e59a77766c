import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

/** Sends back in upper case what comes, until the client has sent FIN. */
export async function handle(request: Duplex): Promise<void> {
  // It keeps the first bytes of a character until the others have come.
  const decoder = new StringDecoder('utf8')
  request.on('data', (chunk: Buffer) => request.write(decoder.write(chunk).toUpperCase()))
  await once(request, 'end')
}
