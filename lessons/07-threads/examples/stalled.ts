import { once } from 'node:events'
import net from 'node:net'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

// #region server
let given = 0

function serve(socket: net.Socket) {
  socket.on('data', (word) => {
    if (String(word) === 'add') {
      socket.write('I am adding, ')
      addUp()
    }
    given += 1
    socket.end(`answer number ${given}`)
  })
  socket.on('error', () => socket.destroy())
}

function addUp(): number {
  let sum = 0
  for (let i = 0; i < 80_000_000; i += 1) sum += i
  return sum
}
// #endregion

// #region clients
async function ask(anna: net.Socket, bert: net.Socket) {
  anna.write('add')
  // She hears that the server has begun.
  await once(anna, 'readable')
  bert.write('hello')
  console.log('anna:', (await anna.toArray()).join(''))
  console.log('bert:', (await bert.toArray()).join(''))
}
// #endregion

if (isMainThread) {
  const thread = new Worker(new URL(import.meta.url))
  const [port] = await once(thread, 'message')
  const anna = net.connect(port, '127.0.0.1')
  const bert = net.connect(port, '127.0.0.1')
  await Promise.all([once(anna, 'connect'), once(bert, 'connect')])
  await ask(anna, bert)
  thread.terminate()
} else {
  const server = net.createServer(serve)
  server.listen(0, '127.0.0.1', () => {
    parentPort?.postMessage((server.address() as net.AddressInfo).port)
  })
}
