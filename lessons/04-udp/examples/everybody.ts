// needs linux: elsewhere the loopback interface has no broadcast address
import dgram from 'node:dgram'
import { once } from 'node:events'

const heard: string[] = []
async function listener(address: string, port: number): Promise<dgram.Socket> {
  const socket = dgram.createSocket({ type: 'udp4', reuseAddr: true }).bind(port, address)
  await once(socket, 'listening')
  socket.on('message', (message) => heard.push(`${address} heard "${message}"`))
  return socket
}
const first = await listener('0.0.0.0', 0)
const { port } = first.address()
const others = [await listener('127.255.255.255', port), await listener('127.0.0.1', port)]

const sender = dgram.createSocket('udp4').bind()
await once(sender, 'listening')
const send = (text: string, address: string) =>
  new Promise<string>((resolve) => {
    sender.send(text, port, address, (error) => {
      resolve((error as NodeJS.ErrnoException | null)?.code ?? 'sent')
    })
  })

// #region send
console.log('without the option:', await send('everybody?', '127.255.255.255'))
sender.setBroadcast(true)
console.log('with the option:', await send('everybody!', '127.255.255.255'))
console.log('to one of them:', await send('you', '127.0.0.1'))
// #endregion
while (heard.length < 3) await new Promise((resolve) => setImmediate(resolve))
for (const line of heard.sort()) console.log(line)
for (const socket of [first, ...others, sender]) socket.close()
