/** What a host answers, in real processes. */
import { expect } from 'vitest'
import { packArgument } from '../../../grader/student/protocol.ts'
import { call, load, test } from './program.ts'

const FAILING = `
export function throws() { throw new TypeError('at once') }
export async function rejects() { throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', errno: -111, syscall: 'connect' }) }
export async function odd() { throw 'a text' }
export async function nasty() { throw Object.defineProperty({}, 'message', { get() { throw 1 } }) }
export async function many() { throw new AggregateError([new Error('one'), 'two']) }
export const constant = 42
export async function gives() { return () => 1 }
export async function huge() { return 'x'.repeat(2 ** 27) }
`

test('arguments and results are structured-clone values', async ({ run }) => {
  const student = await run('export const echo = async (...all: unknown[]) => all')
  const values = [
    'é',
    1n,
    new Date(0),
    new Map([[1, new Set([2])]]),
    Uint8Array.of(1, 2),
    { deep: [undefined, null] },
  ]
  expect(await call(student, 'echo', ...values)).toMatchObject({ ok: true, value: values })
})

test('a URL arrives as one', async ({ run }) => {
  const student = await run('export const name = (url: URL) => url instanceof URL && url.pathname')
  const packed = packArgument(new URL('file:///a/b.ts'))
  expect(await call(student, 'name', packed)).toMatchObject({ ok: true, value: '/a/b.ts' })
})

test('a failure says how it failed, with the fields of the error and where', async ({ run }) => {
  const student = await run(FAILING)
  expect(await call(student, 'throws')).toMatchObject({
    ok: false,
    how: 'threw',
    error: { name: 'TypeError', message: 'at once', at: 'main.ts:2:34' },
  })
  expect(await call(student, 'rejects')).toMatchObject({
    how: 'rejected',
    error: {
      name: 'Error',
      code: 'ECONNREFUSED',
      errno: -111,
      syscall: 'connect',
      at: 'main.ts:3:55',
    },
  })
})

test('whatever is thrown is described', async ({ run }) => {
  const student = await run(FAILING)
  expect(await call(student, 'odd')).toMatchObject({
    error: { name: 'a thrown value', message: 'a text' },
  })
  expect(await call(student, 'nasty')).toMatchObject({
    error: { message: 'it cannot be described: reading it throws' },
  })
  expect(await call(student, 'many')).toMatchObject({
    error: { name: 'AggregateError', message: 'one; two' },
  })
})

test('what is no function is told from what is not there', async ({ run }) => {
  const student = await run('export const constant = 42\nexport const other = 1')
  expect(await call(student, 'constant')).toMatchObject({
    how: 'no such export',
    error: { message: '`constant` is exported, but it is a number, not a function' },
  })
  expect(await call(student, 'ask')).toMatchObject({
    how: 'no such export',
    error: { message: 'main.ts exports no `ask`; it exports constant, other' },
  })
  const empty = await run('')
  expect(await call(empty, 'ask')).toMatchObject({
    error: { message: 'main.ts exports no `ask`; it exports nothing' },
  })
})

test('a result that cannot be handed over is no crash', async ({ run }) => {
  const student = await run(FAILING)
  for (const name of ['gives', 'huge']) {
    expect(await call(student, name)).toMatchObject({
      how: 'not serialisable',
      error: { message: expect.stringContaining('cannot be handed over') },
    })
  }
  expect(await call(student, 'throws')).toMatchObject({ how: 'threw' })
})

test('what has methods stays, and a handle calls them', async ({ run }) => {
  const student = await run(`import net from 'node:net'
    export async function serve() {
      const server = net.createServer()
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
      return server
    }`)
  const reply = await call(student, 'serve')
  expect(reply).toMatchObject({
    ok: true,
    handle: { type: 'Server', address: { address: '127.0.0.1', family: 'IPv4' } },
  })
  if (!reply.ok || !('handle' in reply)) throw new Error('no handle')
  const method = (name: string) =>
    student.request({ op: 'method', handle: reply.handle.number, name, args: [] })
  expect(await method('address')).toMatchObject({ value: reply.handle.address })
  expect(await method('fly')).toMatchObject({
    how: 'no such method',
    error: { message: expect.stringContaining('fly') },
  })
  expect(await student.request({ op: 'view' })).toMatchObject({
    value: { resources: expect.arrayContaining(['TCPServerWrap']) },
  })
  await student.request({ op: 'release' })
  const view = await student.request({ op: 'view' })
  expect(view).toMatchObject({
    value: { threads: 0, resources: expect.not.arrayContaining(['TCPServerWrap']) },
  })
  expect(await method('address')).toMatchObject({ how: 'no such method' })
})

test('a class is constructed, its own methods and inherited ones are called', async ({ run }) => {
  const student = await run(`class Base { #n = 1; next() { return this.#n++ } }
    export class Counter extends Base {
      step: number
      constructor(step: number) { super(); this.step = step }
      by() { return this.step }
    }`)
  const reply = await student.request({ op: 'construct', name: 'Counter', args: [7] })
  expect(reply).toMatchObject({ ok: true, handle: { type: 'Counter', address: null } })
  if (!reply.ok || !('handle' in reply)) throw new Error('no handle')
  const method = (name: string) =>
    student.request({ op: 'method', handle: reply.handle.number, name, args: [] })
  expect(await method('by')).toMatchObject({ value: 7 })
  expect([await method('next'), await method('next')]).toMatchObject([{ value: 1 }, { value: 2 }])
  expect(await student.request({ op: 'construct', name: 'Nothing', args: [] })).toMatchObject({
    how: 'no such export',
  })
})

test('an unbound dgram.Socket is a handle without an address', async ({ run }) => {
  const student = await run(
    `import dgram from 'node:dgram'\nexport const open = () => dgram.createSocket('udp4')`,
  )
  expect(await call(student, 'open')).toMatchObject({ handle: { type: 'Socket', address: null } })
})

test('worker threads that live are counted', async ({ run }) => {
  const student = await run(`import { once } from 'node:events'
    import { Worker } from 'node:worker_threads'
    let worker: Worker
    export async function hire() { worker = new Worker('setInterval(() => {}, 1000)', { eval: true }); await once(worker, 'online') }
    export async function fire() { await worker.terminate() }`)
  await call(student, 'hire')
  expect(await student.request({ op: 'view' })).toMatchObject({ value: { threads: 1 } })
  await call(student, 'fire')
  expect(await student.request({ op: 'view' })).toMatchObject({ value: { threads: 0 } })
})

test('a turn is over when what came before it has been read', async ({ run }) => {
  const student = await run(`import net from 'node:net'
    let got = ''
    export const read = () => got
    export async function serve() {
      const server = net.createServer((socket) => socket.on('data', (chunk) => { got += chunk }))
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
      return server
    }`)
  const reply = await call(student, 'serve')
  const { port } = (reply as { handle: { address: { port: number } } }).handle.address
  const { connect } = await import('node:net')
  const socket = connect(port, '127.0.0.1')
  for (const word of ['a', 'b', 'c']) {
    await new Promise((sent) => socket.write(word, sent))
    await student.request({ op: 'turn' })
  }
  expect(await call(student, 'read')).toMatchObject({ value: 'abc' })
  socket.destroy()
})

test('what cannot be loaded says why', async ({ start }) => {
  expect(await load(start('export function ask( {'))).toMatchObject({
    how: 'not loaded',
    error: { name: 'SyntaxError' },
  })
  expect(await load(start("throw new Error('at once')"))).toMatchObject({
    how: 'not loaded',
    error: { message: 'at once', at: 'main.ts:1:7' },
  })
  expect(await load(start("import './gone.ts'"))).toMatchObject({
    how: 'not loaded',
    error: { code: 'ERR_MODULE_NOT_FOUND' },
  })
})

test.for(['none', 'node'] as const)(
  'iconv-lite resolves from anywhere, in isolation %s',
  async (isolation, { run }) => {
    const student = await run(
      `import iconv from 'iconv-lite'\nexport const gbk = (text: string) => iconv.encode(text, 'gbk').toString('hex')`,
      { isolation },
    )
    expect(await call(student, 'gbk', '中')).toMatchObject({ value: 'd6d0' })
  },
)
