// bug: the promise resolves on `close`, which comes after a reset too, and the error is only printed: half a reply passes for a whole one
// catalogue: -
// fails: rejects with ECONNRESET when the server resets the connection
// lesson: Reading to the end
import net from 'node:net'
import iconv from 'iconv-lite'

type Endpoint = { host: string; port: number }

export async function askGbk(to: Endpoint, message: string): Promise<string> {
  const request = iconv.encode(message, 'gbk')
  if (iconv.decode(request, 'gbk') !== message) throw new Error('not a GBK text')
  return new Promise((resolve, reject) => {
    let isConnected = false
    const chunks: Buffer[] = []
    const socket = net.connect(to, () => {
      isConnected = true
      socket.end(request)
    })
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('error', (error) => {
      if (isConnected) console.error(error.message)
      else reject(error)
    })
    socket.on('close', () => resolve(iconv.decode(Buffer.concat(chunks), 'gbk')))
  })
}
