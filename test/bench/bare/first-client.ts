/** What test/hidden/02-tcp-clients/first-client.test.ts does, in one process and without the harness. */
import { once } from 'node:events'
import net from 'node:net'
import { ask } from '../../../solutions/02-tcp-clients/first-client/main.ts'

async function listen() {
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { address: host, port } = server.address() as net.AddressInfo
  const accept = async () => {
    const [client] = (await once(server, 'connection')) as [net.Socket]
    server.close()
    return client
  }
  return { to: { host, port }, accept }
}

async function readToEnd(client: net.Socket): Promise<Buffer> {
  const chunks: Buffer[] = []
  client.on('data', (chunk: Buffer) => chunks.push(chunk))
  await once(client, 'end')
  return Buffer.concat(chunks)
}

/** Each byte in a write of its own, as the hidden test cuts it: the reader has two turns to take it. */
async function writeBytes(client: net.Socket, text: string): Promise<void> {
  for (const byte of Buffer.from(text)) {
    client.write(Uint8Array.of(byte))
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
  }
}

function same(got: unknown, expected: unknown): void {
  if (got !== expected) throw new Error(`got ${got}, expected ${expected}`)
}

/** Asks, reads the question to its end, replies as told, and resolves with the question. */
async function exchange(message: string, reply: string, isCut = false): Promise<string> {
  const { to, accept } = await listen()
  const asked = ask(to, message)
  const client = await accept()
  const question = await readToEnd(client)
  if (isCut) await writeBytes(client, reply)
  else client.write(reply)
  client.end()
  same(await asked, reply)
  return question.toString()
}

export const checks: Record<string, () => Promise<void>> = {
  'sends the message as UTF-8 and half-closes': async () => {
    same(await exchange('你好 world', ''), '你好 world')
  },
  'returns a reply that comes only after its FIN': async () => {
    await exchange('hello', 'answer')
  },
  'returns everything up to the FIN, not just the first chunk': async () => {
    await exchange('hello', 'firstly\nsecond\n', true)
  },
  'keeps a character whole whose bytes come in two chunks': async () => {
    await exchange('hello', 'answer你好', true)
  },
  'sends a message of 8 MiB whole to a server that reads late': async () => {
    const { to, accept } = await listen()
    const message = 'eightlet'.repeat(1024 * 1024)
    const asked = ask(to, message)
    const client = await accept()
    client.pause()
    client.write('early')
    client.resume()
    same((await readToEnd(client)).length, message.length)
    client.end()
    same(await asked, 'early')
  },
  'closes its socket when the exchange is over': async () => {
    same(await exchange('', 'bye'), '')
  },
  'rejects with ECONNREFUSED when nobody listens': async () => {
    const bound = new net.BoundSocket({ host: '127.0.0.1', port: 0 })
    const { port } = bound.address() as net.AddressInfo
    const error = await ask({ host: '127.0.0.1', port }, 'hello').catch((error) => error)
    bound.close()
    same(error.code, 'ECONNREFUSED')
  },
  'rejects with ECONNRESET when the server resets the connection': async () => {
    const { to, accept } = await listen()
    const asked = ask(to, 'hello').catch((error) => error)
    const client = await accept()
    await readToEnd(client)
    client.write('half an ans')
    client.resetAndDestroy()
    same((await asked).code, 'ECONNRESET')
  },
}

if (import.meta.main) {
  for (const check of Object.values(checks)) await check()
  console.log(`pass ${Object.keys(checks).length}`)
}
