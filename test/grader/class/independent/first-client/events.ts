import * as net from 'node:net'

type Endpoint = { host: string; port: number }

export async function ask(to: Endpoint, message: string): Promise<string> {
  return new Promise<string>((resolve, reject) => {
    let answer = ''
    const client = net.createConnection({ host: to.host, port: to.port }, () => {
      client.write(message)
      client.end()
    })
    client.setEncoding('utf8')
    client.on('data', (text) => {
      answer += text
    })
    client.on('end', () => {
      resolve(answer)
    })
    client.on('error', (err) => {
      reject(err)
    })
  })
}

if (import.meta.main) {
  const [host = '127.0.0.1', port = '4000', message = 'hello'] = process.argv.slice(2)
  console.log(await ask({ host, port: Number(port) }, message))
}
