/** The preload: a program under it does what it does without it, and what it did is written down. */
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, test } from 'vitest'
import { root } from '../../../../grader/manifest.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'course-'))
afterAll(() => fs.rmSync(folder, { recursive: true }))

const preload = path.join(root, 'grader/wire/program/preload.ts')
/** Runs a program under the preload; its recording is written to a file called `name`. */
async function recorded(name: string, source: string): Promise<{ stdout: string; wire: string }> {
  const program = path.join(folder, `${name}.mjs`)
  const file = path.join(folder, name)
  fs.writeFileSync(program, source)
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', preload, program], {
    env: { ...process.env, COURSE_WIRE: file },
    timeout: 20_000,
    killSignal: 'SIGKILL',
  })
  const wire = fs.readFileSync(file, 'utf8').replace(/^\d+\.\d{3} {2}/gm, '')
  return { stdout, wire: wire.replace(/(?<=127\.0\.0\.1:)\d+/g, 'PORT') }
}

const SERVER = `
import net from 'node:net'
import { once } from 'node:events'
const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('data', (chunk) => socket.write(String(chunk).toUpperCase()))
  socket.on('end', () => socket.end('bye'))
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
`

test.concurrent('records a conversation, and adds neither listeners nor visible properties', async ({
  expect,
}) => {
  const { stdout, wire } = await recorded(
    'talk',
    `${SERVER}
const socket = net.connect(server.address().port, '127.0.0.1')
console.log(socket.eventNames().length === new net.Socket().eventNames().length)
console.log(Object.keys(socket).includes('push'), Object.keys(socket).includes('emit'))
await once(socket, 'connect')
socket.write('hi')
console.log(String((await once(socket, 'data'))[0]))
socket.end('ho')
await once(socket, 'close')
server.close()`,
  )
  expect(stdout).toBe('true\nfalse false\nHI\n')
  expect(wire).toMatchInlineSnapshot(`
    "→  SYN 127.0.0.1:PORT → 127.0.0.1:PORT
    →  2 B   68 69                      "hi"
    ←  2 B   48 49                      "HI"
    →  2 B   68 6f                      "ho"
    →  FIN
    ←  2 B   48 4f                      "HO"
    ←  3 B   62 79 65                   "bye"
    ←  FIN
    "
  `)
})

test.concurrent('a socket that connects twice is two connections', async ({ expect }) => {
  const { wire } = await recorded(
    'twice',
    `${SERVER}
const socket = new net.Socket()
for (const word of ['one', 'two']) {
  socket.connect(server.address().port, '127.0.0.1')
  await once(socket, 'connect')
  socket.end(word)
  socket.resume()
  await once(socket, 'close')
}
server.close()`,
  )
  expect(wire.match(/SYN/g)).toHaveLength(2)
  expect(wire.match(/"one"/g)).toHaveLength(1)
  expect(wire.match(/"two"/g)).toHaveLength(1)
})

test.concurrent('an error that nobody listens for still ends the program, and is recorded', async ({
  expect,
}) => {
  const source = `${SERVER}
const { port } = server.address()
server.close()
await once(server, 'close')
net.connect(port, '127.0.0.1')`
  await expect(recorded('refused', source)).rejects.toThrow('Unhandled')
  expect(fs.readFileSync(path.join(folder, 'refused'), 'utf8')).toContain('refused (RST)')
})

test.concurrent('records datagrams as they were sent, a part of a buffer and a connected socket too', async ({
  expect,
}) => {
  const { wire } = await recorded(
    'datagrams',
    `
import dgram from 'node:dgram'
import { once } from 'node:events'
const [a, b] = [dgram.createSocket('udp4'), dgram.createSocket('udp4')]
a.bind(0, '127.0.0.1')
await once(a, 'listening')
b.connect(a.address().port, '127.0.0.1')
await once(b, 'connect')
b.send(Buffer.from('xxhixx'), 2, 2)
const [, from] = await once(a, 'message')
a.send(['h', 'o'].map((part) => Buffer.from(part)), from.port, from.address)
await once(b, 'message')
a.close()
b.close()`,
  )
  expect(wire).toMatchInlineSnapshot(`
    "→  datagram 127.0.0.1:PORT → 127.0.0.1:PORT  2 B   68 69                      "hi"
    ←  datagram 127.0.0.1:PORT → 127.0.0.1:PORT  2 B   68 6f                      "ho"
    "
  `)
})
