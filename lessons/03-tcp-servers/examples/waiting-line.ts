import { once } from 'node:events'
import net from 'node:net'

// #region line
const waiting: net.Socket[] = []
let current: net.Socket | undefined

const server = net.createServer({ pauseOnConnect: true }, (accepted) => {
  accepted.on('error', () => accepted.destroy())
  waiting.push(accepted)
  if (!current) nextTurn()
})

function nextTurn() {
  current = waiting.shift()
  if (!current) return
  current.on('data', (chunk) => console.log(`server: ${chunk}`))
  current.on('close', nextTurn)
  current.resume()
}
// #endregion

await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

const anna = net.connect(port, '127.0.0.1')
await once(server, 'connection')
const bert = net.connect(port, '127.0.0.1')
bert.end('bert, who came second and spoke first')
await once(server, 'connection')
anna.end('anna')
await Promise.all([once(anna.resume(), 'close'), once(bert.resume(), 'close')])
server.close()
