import { once } from 'node:events'
import net from 'node:net'

// #region comes
type Room = Set<net.Socket>

function entersFirst(room: Room, newcomer: net.Socket) {
  room.add(newcomer)
  newcomer.write(`others here: ${room.size}\n`)
  for (const member of room) member.write('one more came\n')
}

function entersLast(room: Room, newcomer: net.Socket) {
  newcomer.write(`others here: ${room.size}\n`)
  for (const member of room) member.write('one more came\n')
  room.add(newcomer)
}
// #endregion

async function play(comes: (room: Room, newcomer: net.Socket) => void) {
  const room: Room = new Set()
  const server = net.createServer((accepted) => {
    accepted.on('error', () => accepted.destroy())
    comes(room, accepted)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as net.AddressInfo
  const anna = net.connect(port, '127.0.0.1')
  await once(server, 'connection')
  const bert = net.connect(port, '127.0.0.1')
  await once(server, 'connection')
  for (const member of room) member.end()
  console.log(`${comes.name}:`)
  console.log('  anna:', (await anna.toArray()).join('').split('\n').slice(0, -1).join(', '))
  console.log('  bert:', (await bert.toArray()).join('').split('\n').slice(0, -1).join(', '))
  server.close()
}

await play(entersFirst)
await play(entersLast)
