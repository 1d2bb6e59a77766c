import dgram from 'node:dgram'
import { once } from 'node:events'

// #region server
async function startServer(remembers: boolean) {
  const server = dgram.createSocket('udp4').bind(0, '127.0.0.1')
  await once(server, 'listening')
  const answered = new Map<string, string>()
  const account = { balance: 0 }
  let replies = 0
  server.on('message', (request, asker) => {
    const [id = '', amount] = String(request).split(' ')
    // Another client may choose the same id.
    const key = `${asker.address} ${asker.port} ${id}`
    const known = remembers ? answered.get(key) : undefined
    if (known === undefined) account.balance += Number(amount)
    const reply = known ?? `${id} done`
    answered.set(key, reply)

    // The network loses the first reply.
    replies += 1
    if (replies > 1) server.send(reply, asker.port, asker.address)
  })
  return { server, account }
}
// #endregion

// #region client
async function pay(title: string, remembers: boolean) {
  const { server, account } = await startServer(remembers)
  const client = dgram.createSocket('udp4')
  client.connect(server.address().port, '127.0.0.1')
  await once(client, 'connect')

  client.send('7 10')
  const again = setTimeout(() => client.send('7 10'), 100)
  await once(client, 'message')
  clearTimeout(again)
  console.log(`${title}: the balance is ${account.balance}`)
  client.close()
  server.close()
}

await pay('each request counts', false)
await pay('each id counts once', true)
// #endregion
