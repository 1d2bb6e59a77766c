import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fdOf } from '#sockopt'

// pauseOnConnect: Node leaves the accepted socket alone, so that we can read from it ourselves.
const server = net.createServer({ pauseOnConnect: true })
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo
const client = net.connect(port, '127.0.0.1')
const [accepted] = (await once(server, 'connection')) as [net.Socket]

// #region recv
const buffer = Buffer.alloc(1024)

/** recv(1024) of a non-blocking socket: a number of bytes, or the error's code. */
function recv(): number | string {
  try {
    return fs.readSync(fdOf(accepted), buffer)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown'
  }
}

console.log('nothing has come:', recv())
client.end('hello')
console.log('later:', await ready())
console.log('later still:', await ready())
// #endregion

/** What `select` does, in a simple way: tries again until the call would not have to wait. */
async function ready(): Promise<number | string> {
  let result = recv()
  while (result === 'EAGAIN') {
    await sleep(5)
    result = recv()
  }
  return result
}

accepted.destroy()
server.close()
