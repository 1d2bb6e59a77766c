import { once } from 'node:events'
import net from 'node:net'

// #region owed
async function ask(onFin: (socket: net.Socket, answers: Promise<void>) => void): Promise<string> {
  const server = net.createServer({ allowHalfOpen: true }, (accepted) => {
    let answers = Promise.resolve()
    const hasFin = once(accepted, 'end')
    const answer = async (letter: string) => {
      // Takes its time: nothing is ready before the client's FIN.
      await hasFin
      accepted.write(letter.toUpperCase())
    }
    accepted.on('error', (error) => console.log('server:', error.message))
    accepted.on('data', (chunk) => {
      for (const letter of String(chunk)) answers = answers.then(() => answer(letter))
    })
    accepted.on('end', () => onFin(accepted, answers))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as net.AddressInfo
  const socket = net.connect(port, '127.0.0.1')
  socket.end('abc')
  const reply = (await socket.toArray()).join('')
  server.close()
  return reply || 'nothing'
}

console.log('FIN at once:', await ask((socket) => socket.end()))
console.log('FIN last:', await ask((socket, answers) => answers.then(() => socket.end())))
// #endregion
