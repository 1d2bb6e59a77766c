import { parentPort, threadId } from 'node:worker_threads'

let rest = Buffer.alloc(0)
parentPort?.on('message', (chunk: Uint8Array | null) => {
  if (!chunk) return parentPort?.postMessage(null)
  rest = Buffer.concat([rest, chunk])
  let end = rest.indexOf('\n')
  while (end !== -1) {
    answer(rest.subarray(0, end))
    rest = rest.subarray(end + 1)
    end = rest.indexOf('\n')
  }
})

function answer(line: Buffer) {
  const text = line.toString()
  if (text === 'crash') throw new Error('told to crash')
  const ms = /^burn (\d+)$/.exec(text)?.[1]
  if (ms === undefined) {
    send(Buffer.concat([Buffer.from(`${threadId} `), line, Buffer.from('\n')]))
    return
  }
  burn(Number(ms))
  send(Buffer.from(`burned ${ms}\n`))
}

function send(reply: Uint8Array) {
  parentPort?.postMessage(reply)
}

function burn(ms: number) {
  const until = performance.now() + ms
  while (performance.now() < until);
}
