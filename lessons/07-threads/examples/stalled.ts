import { once } from 'node:events'
import net from 'node:net'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

// #region server
let given = 0

function serve(socket: net.Socket) {
  socket.on('data', (word) => {
    if (String(word) === 'add') {
      socket.write('I am adding')
      addUp()
    }
    given += 1
    socket.write(`answer number ${given}`)
  })
  socket.on('error', () => socket.destroy())
}

function addUp(): number {
  let sum = 0
  for (let i = 0; i < 300_000_000; i += 1) sum += i
  return sum
}
// #endregion

// #region clients
async function ask(anna: net.Socket, bert: net.Socket) {
  anna.write('add')
  const [word] = await once(anna, 'data')
  console.log(`anna: ${word}`)
  bert.write('hello')

  const answers = await Promise.all([once(anna, 'data'), once(bert, 'data')])
  console.log(`anna: ${answers[0]}, bert: ${answers[1]}`)
}
// #endregion

if (isMainThread) {
  const thread = new Worker(new URL(import.meta.url))
  const [port] = await once(thread, 'message')
  const anna = net.connect(port, '127.0.0.1')
  const bert = net.connect(port, '127.0.0.1')
  await Promise.all([once(anna, 'connect'), once(bert, 'connect')])
  await ask(anna, bert)
  anna.destroy()
  bert.destroy()
  thread.terminate()
} else {
  const server = net.createServer(serve)
  server.listen(0, '127.0.0.1', () => {
    parentPort?.postMessage((server.address() as net.AddressInfo).port)
  })
}
