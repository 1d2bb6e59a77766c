import { once } from 'node:events'
import net from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'

// #region answer
// Without allowHalfOpen Node answers the FIN with its own, and the sum has no way back.
const server = net.createServer({ allowHalfOpen: true }, (connection) => {
  let numbers = ''
  connection.setEncoding('utf8')
  connection.on('error', () => connection.destroy())
  connection.on('data', (data) => {
    numbers += data
  })
  connection.on('end', async () => {
    const sum = await add(numbers)
    connection.end(String(sum))
  })
})
// #endregion

/** Any work that takes more than one turn of the event loop. */
async function add(numbers: string): Promise<number> {
  await nextTurn()
  return numbers.split(' ').reduce((sum, number) => sum + Number(number), 0)
}

await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo
const client = net.connect(port, '127.0.0.1')
client.end('1 2 39')
console.log('the sum:', (await client.toArray()).join(''))
server.close()
