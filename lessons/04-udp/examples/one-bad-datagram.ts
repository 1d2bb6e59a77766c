import dgram from 'node:dgram'
import { once } from 'node:events'

async function bound(): Promise<dgram.Socket> {
  const socket = dgram.createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket
}
const client = await bound()
const send = (socket: dgram.Socket, hex: string) =>
  client.send(Buffer.from(hex, 'hex'), socket.address().port, '127.0.0.1')

// #region number
const careless = await bound()
careless.on('message', (message) => console.log('careless:', message.readUInt32BE()))
const uncaught = once(process, 'uncaughtException')
send(careless, '000001')
console.log('would end the program:', (await uncaught)[0].code)

const careful = await bound()
careful.on('message', (message) => {
  if (message.length !== 4) return
  console.log('careful:', message.readUInt32BE())
})
send(careful, '000001')
send(careful, '00000001')
// #endregion
await once(careful, 'message')
await once(careful, 'message')
for (const socket of [client, careless, careful]) socket.close()
