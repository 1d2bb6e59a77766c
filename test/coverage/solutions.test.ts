/**
 * Every solution once more, graded in isolation `none`: under Node's permission model a host cannot
 * write what it executed (that takes --allow-inspector), so that all its other runs are not seen. And
 * each once as the command that its last lines make of it.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, describe, expect, test } from 'vitest'
import { type ExerciseInfo, exercises, root } from '../../grader/manifest.ts'
import { Crew } from '../../grader/verdict/crew.ts'

const crew = new Crew('none', 2)
afterAll(() => crew.close())

describe('graded where its coverage is seen', () => {
  test.concurrent.each(exercises)('$id', async (exercise) => {
    const verdict = await crew.run(exercise, { file: exercise.solution })
    expect(verdict).toMatchObject({ status: 'pass' })
  })
})

/** A signal would end a server before it could write what it executed. */
const LEAVES_WELL = "data:text/javascript,process.once('SIGTERM', () => process.exit())"
const TELLS_PORT = path.join(root, 'test/peers/tell-port.ts')

function start(
  { solution }: ExerciseInfo,
  ...args: string[]
): ChildProcessByStdio<null, Readable, Readable> {
  const preloaded = ['--no-warnings', '--import', LEAVES_WELL, '--import', TELLS_PORT]
  return spawn(process.execPath, [...preloaded, solution, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

const named = (...ids: string[]) => exercises.filter(({ id }) => ids.includes(id))

describe('as a command', () => {
  const clients = named(
    'endpoints',
    'first-client',
    'gbk-client',
    'connect-ex',
    'deadlines',
    'list-options',
    'stop-and-wait',
  )
  test.each(clients)('$id asks a server and ends', async (exercise) => {
    const server = net.createServer((socket) => socket.on('error', () => {}).end('a reply'))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const client = start(exercise, '127.0.0.1', String((server.address() as AddressInfo).port))
    const [said, [code]] = await Promise.all([text(client.stdout), once(client, 'close')])
    server.close()
    expect(said).not.toBe('')
    expect(code).toBe(0)
  })

  const servers = named(
    'bind-address',
    'echo-server',
    'timestamp-server',
    'one-at-a-time',
    'tuned-server',
    'address-in-use',
    'line-framing',
    'read-exactly',
    'length-prefix',
    'send-all',
    'remote-command',
    'file-download',
  )
  test.each(servers)('$id listens until it is told to end', async (exercise) => {
    const { server, closed, socket } = await startServer(exercise)
    socket.resetAndDestroy()
    server.kill('SIGTERM')
    expect((await closed)[0]).toBe(0)
  })

  test.each(named('graceful-shutdown'))('$id ends by itself at Ctrl-C', async (exercise) => {
    const { server, closed, socket } = await startServer(exercise)
    // An answer shows that it is past its first lines, where it says what Ctrl-C does.
    socket.write('hello\n')
    await once(socket, 'data')
    socket.end()
    server.kill('SIGINT')
    expect((await closed)[0]).toBe(0)
  })
})

async function startServer(exercise: ExerciseInfo) {
  const server = start(exercise, '0')
  const closed = once(server, 'close')
  const [[told]] = await Promise.all([once(server.stderr, 'data'), once(server.stdout, 'data')])
  const socket = net.connect(Number(/(\d+)\n/.exec(String(told))?.[1]), '127.0.0.1')
  await once(socket, 'connect')
  return { server, closed, socket }
}
