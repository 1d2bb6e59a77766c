/** How a student's process comes to its end, and that nothing of it is left. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'
import { text } from 'node:stream/consumers'
import { setImmediate as turn } from 'node:timers/promises'
import { expect } from 'vitest'
import { root } from '../../../grader/manifest.ts'
import { ProgramDied } from '../../../grader/student/death.ts'
import { call, lives, test } from './program.ts'

const died = (how: string, message?: RegExp) => ({
  name: 'ProgramDied',
  death: { how, message: message ? expect.stringMatching(message) : expect.any(String) },
})

test('an exit is told with its code, and ends every request', async ({ run }) => {
  const student = await run('export const leave = () => process.exit(7)')
  const death = once(student, 'death')
  await expect(call(student, 'leave')).rejects.toMatchObject(died('exited', /process\.exit\(7\)/))
  expect(await death).toMatchObject([{ how: 'exited' }])
  await expect(call(student, 'leave')).rejects.toBeInstanceOf(ProgramDied)
})

test('a crash is told with the error that nothing caught, and where', async ({ run }) => {
  const student = await run(
    "export const wait = () => new Promise(() => setTimeout(() => { throw new RangeError('later') }))",
  )
  await expect(call(student, 'wait')).rejects.toMatchObject(
    died('crashed', /RangeError: later at main\.ts:1:\d+; nothing caught/),
  )
})

test('a rejection that nobody handles is a crash', async ({ run }) => {
  const student = await run(
    "export const wait = () => { Promise.reject(new Error('unseen')); return new Promise(() => {}) }",
  )
  await expect(call(student, 'wait')).rejects.toMatchObject(died('crashed', /unseen/))
})

test('a signal is named', async ({ run }) => {
  const student = await run(
    "export const die = () => { process.kill(process.pid, 'SIGKILL'); return new Promise(() => {}) }",
  )
  await expect(call(student, 'die')).rejects.toMatchObject(
    died('killed', /SIGKILL; it may have run out of memory/),
  )
})

test('a flood of output ends it; what is under the limit is passed on', async ({ run }) => {
  const student = await run(
    "export const say = (n: number) => { process.stdout.write('x'.repeat(n)); return new Promise((done) => process.stdout.write('', done)) }",
  )
  let printed = 0
  student.on('stdout', (chunk) => {
    printed += chunk.length
  })
  await call(student, 'say', 1_000_000)
  while (printed < 1_000_000) await once(student, 'stdout')
  await expect(call(student, 'say', 100_000_000)).rejects.toMatchObject(died('flooded', /16 MiB/))
})

const forgeries = {
  'no message at all': "Buffer.from('forged result')",
  'a length beyond the limit': 'Buffer.from([255, 255, 255, 255])',
  'a body that is no value': 'Buffer.from([0, 0, 0, 2, 1, 2])',
  'a reply that nobody asked for': 'frame({ id: 9999, ok: true, value: 1 })',
  'a value that is no reply': 'frame(null)',
}
test.for(Object.entries(forgeries))(
  'a forged message is noticed: %s',
  async ([, forged], { run }) => {
    const student = await run(`import fs from 'node:fs'\nimport v8 from 'node:v8'
    const frame = (value: unknown) => { const body = v8.serialize(value); const head = Buffer.alloc(4); head.writeUInt32BE(body.length); return Buffer.concat([head, body]) }
    export const forge = () => { fs.writeSync(3, ${forged}); return new Promise(() => {}) }`)
    await expect(call(student, 'forge')).rejects.toMatchObject(died('garbled', /descriptor 3/))
  },
)

test('condemned for a reason that the grader found, it dies of that', async ({ run }) => {
  const student = await run('export const wait = () => new Promise(() => {})')
  const waiting = call(student, 'wait')
  student.condemn({ how: 'hung', message: 'it never gives way' })
  await expect(waiting).rejects.toMatchObject(died('hung', /never gives way/))
})

test('kill ends a loop, and is no death of the program', async ({ run }) => {
  const student = await run('export const spin = () => { for (;;) ; }')
  let deaths = 0
  student.on('death', () => {
    deaths += 1
  })
  const spinning = call(student, 'spin')
  spinning.catch(() => {})
  await student.kill()
  expect(deaths).toBe(0)
  expect(lives(student.pid)).toBe(false)
  await expect(spinning).rejects.toBeInstanceOf(ProgramDied)
  await student.kill()
})

test('kill leaves no process of the group and no listener', async ({ run }) => {
  const student = await run(`import { spawn } from 'node:child_process'
    import net from 'node:net'
    export async function begin() {
      const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); console.log(1); setInterval(() => {}, 1e6)'], { stdio: ['ignore', 'pipe', 'ignore'] })
      await new Promise((started) => child.stdout.once('data', started))
      const server = net.createServer().listen(0, '127.0.0.1')
      await new Promise<void>((listening) => server.once('listening', () => listening()))
      return { child: child.pid, port: (server.address() as net.AddressInfo).port }
    }`)
  const reply = await call(student, 'begin')
  const { child, port } = (reply as { value: { child: number; port: number } }).value
  expect(lives(child)).toBe(true)
  await student.kill()
  // The kernel ends the others of the group in its own time, and somebody else reaps them.
  while (lives(child)) await turn()
  const [error] = await once(net.connect(port, '127.0.0.1'), 'error')
  expect(error).toMatchObject({ code: 'ECONNREFUSED' })
})

test.runIf(process.platform === 'linux')(
  'kill also ends what left the group and was given up by its parent',
  async ({ run }) => {
    const student = await run(`import { execFileSync } from 'node:child_process'
    export async function daemon() {
      return Number(execFileSync('/bin/sh', ['-c', 'setsid sleep 1000 >/dev/null 2>&1 & echo $!'], { encoding: 'utf8' }))
    }`)
    const { value: pid } = (await call(student, 'daemon')) as { value: number }
    expect(lives(pid)).toBe(true)
    await student.kill()
    while (lives(pid)) await turn()
  },
)

test('standard input and output are the program’s', async ({ run }) => {
  const student = await run(
    "process.stdin.on('data', (chunk) => { process.stdout.write(String(chunk).toUpperCase()); process.stderr.write('noted') })",
  )
  const said = Promise.all([once(student, 'stdout'), once(student, 'stderr')])
  student.stdin.write('hello\n')
  const [[out], [noted]] = await said
  expect([String(out), String(noted)]).toEqual(['HELLO\n', 'noted'])
})

test('it sees its own environment, not the grader’s', async ({ run }) => {
  process.env.COURSE_SECRET = 'the seed'
  const student = await run('export const seen = () => ({ ...process.env })')
  delete process.env.COURSE_SECRET
  const reply = await call(student, 'seen')
  const names = Object.keys((reply as { value: object }).value)
  expect(names).toEqual(expect.arrayContaining(['PATH', 'HOME', 'TMPDIR']))
  // the mark by which what it started is found again
  expect(names.filter((name) => name.startsWith('COURSE'))).toEqual(['COURSE_PROGRAM'])
})

test('in isolation node it reads its own folder and not the solutions', async ({ run }) => {
  const student = await run(
    `import fs from 'node:fs'\nexport const read = (file: string) => fs.readFileSync(file, 'utf8').length
     export const write = (file: string) => fs.writeFileSync(file, 'x')`,
    { isolation: 'node' },
  )
  expect(await call(student, 'read', `${student.started.folder}/main.ts`)).toMatchObject({
    ok: true,
  })
  const solution = `${root}/solutions/02-tcp-clients/first-client/main.ts`
  expect(await call(student, 'read', solution)).toMatchObject({
    how: 'threw',
    error: { code: 'ERR_ACCESS_DENIED' },
  })
  expect(await call(student, 'write', `${student.started.folder}/x`)).toMatchObject({
    error: { code: 'ERR_ACCESS_DENIED' },
  })
  expect(await call(student, 'write', `${student.started.scratch}/x`)).toMatchObject({ ok: true })
})

test('a program that cannot be started is dead, and the grader is not', async ({ start }) => {
  // In a process group of its own: a kill of group 0 would end whoever runs it, this test too.
  const grader = `
    import { StudentProcess } from ${JSON.stringify(`${root}/grader/student/process.ts`)}
    const started = ${JSON.stringify(start('').started)}
    const student = new StudentProcess({ ...started, folder: started.folder + '/gone' })
    student.request({ op: 'view' }).catch(async (error) => {
      await student.kill()
      console.log(error.message)
    })`
  const args = ['--no-warnings', '--input-type=module', '--eval', grader]
  const child = spawn(process.execPath, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said, [code, signal]] = await Promise.all([text(child.stdout), once(child, 'close')])
  expect({ said, code, signal }).toEqual({
    said: expect.stringContaining('could not be started'),
    code: 0,
    signal: null,
  })
})

test.for([
  ['no object', '5'],
  ['no text where one is due', '{ name: {}, message: { length: 1 }, code: 7, at: [] }'],
  ['sixty million characters', "{ message: 'x'.repeat(60_000_000) }"],
])('last words may be forged: %s', async ([, words], { run }) => {
  const student = await run(`
    import fs from 'node:fs'
    import v8 from 'node:v8'
    export function leave() {
      const body = v8.serialize(${words})
      const length = Buffer.alloc(4)
      length.writeUInt32BE(body.length)
      const frame = Buffer.concat([length, body])
      for (let at = 0; at < frame.length; ) {
        try { at += fs.writeSync(4, frame, at) } catch {} // the pipe is full for now
      }
      process.exit(0)
    }`)
  const error = await call(student, 'leave').catch((error) => error)
  expect(error).toMatchObject(died('crashed', /the program crashed/))
  expect(error.message.length).toBeLessThan(3_000)
})
