/** `nc -U` and socat at UNIX-domain sockets, and the course's unix-socket, each with the other. */
import fs from 'node:fs'
import path from 'node:path'
import { client, describe, expect, testWith } from './tools.ts'

const nc = testWith('netcat-openbsd')
const socat = testWith('socat')

describe('unix-socket serves', () => {
  nc('nc -U: each line comes back in upper case', async (start, folder) => {
    const file = path.join(folder, 'upper.sock')
    const upper = start(...client('unix-socket', file))
    await upper.prints(`listening on ${file}\n`)
    const peer = start('nc', '-NU', file)
    peer.endInput('hello\nstraße, 你好\nunended')
    expect(await peer.result()).toBe('HELLO\nSTRASSE, 你好\n')
  })

  socat('socat, one client after another and two at once', async (start, folder) => {
    const file = path.join(folder, 'upper.sock')
    const upper = start(...client('unix-socket', file))
    await upper.prints(`listening on ${file}\n`)
    const first = start('socat', '-', `UNIX-CONNECT:${file}`)
    await first.type('one\n')
    await first.prints('ONE\n')
    const second = start('socat', '-', `UNIX-CONNECT:${file}`)
    second.endInput('two\n')
    expect(await second.result()).toBe('TWO\n')
    first.endInput('three\n')
    expect(await first.result()).toBe('ONE\nTHREE\n')
  })

  socat('at a file that a killed socat left behind', async (start, folder) => {
    const file = path.join(folder, 'upper.sock')
    const dead = start('socat', '-dd', `UNIX-LISTEN:${file}`, '-')
    await dead.prints('listening on', 'stderr')
    await dead.stop()
    expect(fs.lstatSync(file).isSocket()).toBe(true)
    const upper = start(...client('unix-socket', file))
    await upper.prints(`listening on ${file}\n`)
    const peer = start('socat', '-', `UNIX-CONNECT:${file}`)
    peer.endInput('alive\n')
    expect(await peer.result()).toBe('ALIVE\n')
  })
})

describe('unix-socket asks', () => {
  nc('nc -lU: the line arrives, the reply that was typed goes back', async (start, folder) => {
    const file = path.join(folder, 'typed.sock')
    const peer = start('nc', '-vlU', file)
    await peer.prints(/listening on/i, 'stderr')
    const ask = start(...client('unix-socket', file, 'hello, 你好'))
    await peer.prints('hello, 你好\n')
    peer.type('好的\n')
    expect(await ask.result()).toBe('好的\n')
  })

  socat('socat: what cat gives back is the reply', async (start, folder) => {
    const file = path.join(folder, 'echo.sock')
    const peer = start('socat', '-dd', `UNIX-LISTEN:${file},fork`, 'EXEC:cat')
    await peer.prints('listening on', 'stderr')
    for (const line of ['one', '二']) {
      const ask = start(...client('unix-socket', file, line))
      expect(await ask.result()).toBe(`${line}\n`)
    }
  })
})
