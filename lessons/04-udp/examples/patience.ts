import dgram from 'node:dgram'
import { once } from 'node:events'

const client = dgram.createSocket('udp4').bind(0, '127.0.0.1')
await once(client, 'listening')
const { port } = client.address()
const stranger = dgram.createSocket('udp4')
const chatter = setInterval(() => stranger.send('me! me!', port, '127.0.0.1'), 50)

// #region clocks
const giveUp = (clock: string) => () => {
  console.log(`${clock} has run out`)
  clearTimeout(afterEach)
  clearTimeout(inAll)
  clearInterval(chatter)
  client.close()
  stranger.close()
}
const afterEach = setTimeout(giveUp('the clock that each datagram sets back'), 1_000)
const inAll = setTimeout(giveUp('the clock that nothing sets back'), 1_500)
client.on('message', () => afterEach.refresh())
// #endregion
