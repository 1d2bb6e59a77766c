// bug: the client takes the size 0 for an error; it is the answer to every command that prints nothing
// catalogue: 42
// fails: runRemote returns what each command printed, and leaves
// lesson: Saying the length first

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

const LIMIT_MS = 5_000
/** More output than this the server does not keep, in bytes. */
const MAX_OUTPUT = 64 * 1024 * 1024
/** Longer than any command that the system would start, in bytes. */
const MAX_COMMAND = 1024 * 1024

export async function startCommandServer(at: Endpoint): Promise<net.Server> {
  // Half-open: a client may send FIN after its last command and still wait for the answers.
  const server = net.createServer({ allowHalfOpen: true }, serve)
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

function serve(socket: net.Socket) {
  let rest = Buffer.alloc(0)
  let turn = Promise.resolve()
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n')) {
      const command = rest.toString('utf8', 0, end)
      rest = rest.subarray(end + 1)
      turn = turn.then(() => answer(socket, command))
    }
    if (rest.length > MAX_COMMAND) socket.destroy()
    // No more commands are taken in until these are answered.
    socket.pause()
    turn.then(() => socket.resume())
  })
  // FIN is told even while the socket is paused: the answers come first.
  socket.on('end', () => turn.then(() => socket.end()))
}

/** Never rejects: a command that goes wrong has printed nothing. */
async function answer(socket: net.Socket, command: string): Promise<void> {
  if (socket.destroyed) return
  const output = await run(command, socket).catch(() => Buffer.alloc(0))
  // The callback comes when the system has taken the bytes, and when the connection is gone too.
  await new Promise<unknown>((resolve) => {
    socket.write(Buffer.concat([Buffer.from(`${output.length}\n`), output]), resolve)
  })
}

/**
 * What a command prints on stdout. Rejects when it cannot be run, fails, goes beyond a limit, or when
 * its client has gone.
 */
function run(command: string, client: net.Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Detached: the shell leads a process group of its own, to which all that it starts belongs.
    const child = spawn('/bin/sh', ['-c', command], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const giveUp = (reason: string) => {
      killGroup(child.pid)
      child.stdout.destroy()
      reject(new Error(reason))
    }
    const limit = setTimeout(giveUp, LIMIT_MS, `took more than ${LIMIT_MS} ms`)
    const leave = () => giveUp('the client has gone')
    client.on('close', leave)
    const chunks: Buffer[] = []
    let size = 0
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      if (size > MAX_OUTPUT) giveUp(`printed more than ${MAX_OUTPUT} bytes`)
    })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(limit)
      client.off('close', leave)
      // What it left behind in the background goes too.
      killGroup(child.pid)
      if (code === 0) resolve(Buffer.concat(chunks))
      else reject(new Error(`ended with ${signal ?? `exit code ${code}`}`))
    })
  })
}

/** Kills a process and all that it started, as far as they live. */
function killGroup(leader: number | undefined) {
  try {
    if (leader) process.kill(-leader, 'SIGKILL')
  } catch {
    // nothing of the group was left
  }
}

export async function runRemote(to: Endpoint, commands: string[]): Promise<string[]> {
  const broken = commands.find((command) => command.includes('\n'))
  if (broken !== undefined) throw new Error(`a command is one line: ${JSON.stringify(broken)}`)
  if (commands.length === 0) return []
  return new Promise((resolve, reject) => {
    const outputs: string[] = []
    let chunks: Buffer[] = []
    let held = 0
    // How much must have come before it is worth while to join the chunks and look at them.
    let wanted = 1
    const socket = net.connect(to)
    socket.on('error', reject)
    // `close` comes on every path; when the promise is settled it changes nothing.
    socket.on('close', () => reject(new Error('the connection ended before all the answers')))
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      held += chunk.length
      if (held < wanted) return
      let rest = Buffer.concat(chunks)
      try {
        while (outputs.length < commands.length) {
          const body = findBody(rest)
          wanted = body?.end ?? rest.length + 1
          if (!body || rest.length < wanted) break
          if (body.start === body.end)
            throw new Error(`no such command: ${commands[outputs.length]}`)
          outputs.push(rest.toString('utf8', body.start, body.end))
          rest = rest.subarray(body.end)
        }
      } catch (error) {
        return socket.destroy(error as Error)
      }
      chunks = [rest]
      held = rest.length
      if (outputs.length < commands.length) return
      resolve(outputs)
      socket.destroy()
    })
    socket.write(commands.map((command) => `${command}\n`).join(''))
  })
}

/**
 * Where the body of the answer at the start of `bytes` lies, and will lie when it has come. Undefined
 * while its size is not whole. Throws when that is no size.
 */
function findBody(bytes: Buffer): { start: number; end: number } | undefined {
  const newline = bytes.indexOf('\n')
  const size = bytes.toString('latin1', 0, newline === -1 ? bytes.length : newline)
  const isSize = newline === -1 ? /^\d{0,16}$/.test(size) : /^\d{1,16}$/.test(size)
  if (!isSize) throw new Error(`the server sent ${JSON.stringify(size.slice(0, 20))} for a size`)
  if (newline === -1) return undefined
  return { start: newline + 1, end: newline + 1 + Number(size) }
}
