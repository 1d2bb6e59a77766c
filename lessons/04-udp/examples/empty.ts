import dgram from 'node:dgram'
import { once } from 'node:events'

async function ask(answer: (server: dgram.Socket, question: Buffer) => string | undefined) {
  const server = dgram.createSocket('udp4').bind(0, '127.0.0.1')
  await once(server, 'listening')
  server.on('message', (question, asker) => {
    const reply = answer(server, question)
    if (reply !== undefined) server.send(reply, asker.port, asker.address)
  })

  const client = dgram.createSocket('udp4')
  client.send('', server.address().port, '127.0.0.1')
  const replied = once(client, 'message').then(([reply]) => `the reply: ${reply}`)
  const closed = once(server, 'close').then(() => 'no reply: the server has closed')
  console.log(await Promise.race([replied, closed]))
  client.close()
  return server
}

// #region habit
// What is right for TCP: nothing received, so the client has finished.
await ask((server, question) => {
  if (question.length > 0) return 'thank you'
  server.close()
})

const server = await ask((_, question) => `${question.length} bytes, thank you`)
// #endregion
server.close()
