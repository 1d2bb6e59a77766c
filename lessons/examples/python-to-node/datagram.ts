import dgram from 'node:dgram'
import { once } from 'node:events'

const SECONDS = 1344244157

// #region time
const server = dgram.createSocket('udp4')
server.on('message', (_question, asker) => {
  const reply = Buffer.alloc(4)
  reply.writeUInt32BE(SECONDS)
  server.send(reply, asker.port, asker.address)
})
server.bind(0, '127.0.0.1')
await once(server, 'listening')

const client = dgram.createSocket('udp4')
client.send('', server.address().port, '127.0.0.1')
const [reply, sender] = (await once(client, 'message')) as [Buffer, dgram.RemoteInfo]
if (reply.length === 4) {
  console.log(sender.address, 'says', reply.readUInt32BE(), 'by', reply.toString('hex'))
}
client.close()
// #endregion
server.close()
