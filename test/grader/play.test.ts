/** Programs run by hand, and the solution beside one's own: the commands as a student has them. */
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { type ExerciseInfo, findExercise } from '../../grader/manifest.ts'
import { CourseCopy } from './course-copy.ts'
import { hasTerminals, Terminal } from './terminal.ts'

const copy = new CourseCopy('solutions')
const terminals: Terminal[] = []
afterAll(async () => {
  await Promise.all(terminals.map((terminal) => terminal.close()))
  await copy.remove()
})

const threaded = found('thread-per-connection')
const client = found('first-client')

function found(id: string): ExerciseInfo {
  const exercise = findExercise(id)
  if (!exercise) throw new Error(`${id} is gone`)
  return exercise
}

const main = (exercise: ExerciseInfo) => copy.path('exercises', exercise.place, 'main.ts')

function inTerminal(...args: string[]): Terminal {
  const command = [copy.path('grader/course.js'), ...args]
  const options = { cwd: copy.folder, env: { NO_COLOR: '1' }, columns: 120 }
  const terminal = new Terminal(process.execPath, command, options)
  terminals.push(terminal)
  return terminal
}

/** Connects to the port that is typed, reads all, and ends with a status that its arguments decide. */
const READS_ALL = `import net from 'node:net'
process.stdin.once('data', (line) => {
  const socket = net.connect(Number(line), '127.0.0.1').resume()
  socket.on('close', () => process.exit(30 + process.argv.length))
})
`

describe.skipIf(!hasTerminals)('in a terminal', () => {
  test('a server’s sockets are told live, in its threads too, and Ctrl-C is its own', async () => {
    const solution = copy.path('solutions', threaded.place)
    fs.cpSync(solution, copy.path('exercises', threaded.place), { recursive: true })
    const terminal = inTerminal('play', threaded.id, '0', '--pcap', 'play.pcapng')
    const listening = /listens on 127\.0\.0\.1:(\d+)\n.*npm run peer -- tcp 127\.0\.0\.1 \1/
    await terminal.until(listening)
    const port = Number(listening.exec(terminal.text)?.[1])
    const socket = net.connect({ port, host: '127.0.0.1' })
    socket.write('hi\n')
    const [reply] = await once(socket, 'data')
    expect(String(reply)).toMatch(/^\d+ hi\n$/)
    socket.end()
    socket.resume()
    await once(socket, 'close')
    await terminal.until(/wire .*← {2}FIN/)
    terminal.type('\x03')
    expect(await terminal.exited).toMatchObject({ code: 130 })
    const told = terminal.text.split('\n').filter((line) => line.startsWith('wire'))
    const from = `127.0.0.1:${socket.localPort ?? '\\d+'}`
    expect(told.map((line) => line.replace(/^wire {2}\d+\.\d{3} {2}/, ''))).toEqual([
      `←  listens on 127.0.0.1:${port}`,
      expect.stringMatching(new RegExp(`→ {2}SYN ${from} → 127.0.0.1:${port}`)),
      '→  3 B   68 69 0a                   "hi\\n"',
      expect.stringMatching(/← {2}\d+ B .* hi\\n"$/),
      '→  FIN',
      '←  FIN',
    ])
    expect(terminal.text).toContain('ended by SIGINT')
    // 3 of the handshake, 2 for what went each way, 2 for each end
    expect(terminal.text).toContain('11 packets in play.pcapng')
    expect(fs.readFileSync(copy.path('play.pcapng')).includes(' hi\n')).toBe(true)
  })

  test('what is typed is the program’s, and its status the command’s', async () => {
    const server = net.createServer((socket) => socket.end(Buffer.alloc(4_000_000, 'x')))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    fs.writeFileSync(main(client), READS_ALL)
    const terminal = inTerminal('play', client.id, 'one', '--', '--two')
    await terminal.until(/→ towards the program/)
    terminal.type(`${(server.address() as net.AddressInfo).port}\r`)
    expect(await terminal.exited).toMatchObject({ code: 34 })
    expect(terminal.text).toContain('ended with status 34')
    // Of a long stream the beginning is shown, and how much more there was.
    const pieces = terminal.text.match(/^wire .*→ {2}\d+ B .*xxx/gm)
    expect(pieces).toHaveLength(12)
    expect(terminal.text).toMatch(/^wire +… and \d+ more, \d{7} B …\nwire .*→ {2}FIN$/m)
    server.close()
  })

  test('a solution that was not earned is shown to those who ask twice', async () => {
    const first = inTerminal('compare', client.id)
    await first.until(/See the solution all the same\?.*No/s)
    first.type('\r')
    expect(await first.exited).toMatchObject({ code: 1 })
    expect(first.text).toContain(`npm run hint -- ${client.id}`)
    const second = inTerminal('play', client.id, '127.0.0.1', '1', '--solution')
    await second.until(/all the same\?.*No/s)
    second.type('y')
    // Nobody listens at port 1: our program is told so, and ends.
    expect(await second.exited).toMatchObject({ code: 1 })
    expect(second.text).toMatch(/wire .*SYN → 127\.0\.0\.1:1: refused \(RST\)/)
    expect(second.text).toContain('node solutions/02-tcp-clients/first-client/main.ts 127.0.0.1 1')
  })
})

test('where there is nothing to run, or nobody to ask, a sentence says what to do', async () => {
  fs.copyFileSync(client.stub, main(client))
  const stub = await copy.run('play', client.id)
  expect(stub).toMatchObject({ code: 2, stdout: '' })
  expect(stub.stderr).toContain('is the untouched stub: there is nothing to run yet')
  const asked = await copy.run('compare', client.id)
  expect(asked).toMatchObject({ code: 2, stdout: '' })
  expect(asked.stderr).toContain('in a terminal the command asks')
  fs.writeFileSync(main(client), 'export async function ask() {}\n')
  const silent = await copy.run('play', client.id)
  expect(silent).toMatchObject({ code: 0, stdout: '' })
  expect(silent.stderr).toContain('opened no socket')
  expect(silent.stderr).toContain('if (import.meta.main) {\n  const [host')
})

test('a passed exercise shows ours beside theirs, the mistakes, and what is next', async () => {
  const ours = fs.readFileSync(client.solution, 'utf8')
  fs.writeFileSync(main(client), ours.replace('await ask(', 'await  ask('))
  const passed = await copy.run('check', client.id)
  expect(passed).toMatchObject({ code: 0 })
  expect(passed.stdout).toContain(`more      npm run compare -- ${client.id}`)
  const { code, stdout } = await copy.run('compare', client.id)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^-.*await {2}ask\(.*\n\+.*await ask\(/m)
  expect(stdout).toContain('takes the first chunk')
  expect(stdout).toContain(`gallery/${client.id}/`)
  expect(stdout).toMatch(/^next {6}gbk-client: /m)
  // A student's copy holds no solutions.
  fs.rmSync(copy.path('solutions'), { recursive: true })
  const without = await copy.run('play', client.id, '--solution')
  expect(without).toMatchObject({ code: 2, stderr: expect.stringContaining('holds no solutions') })
})
