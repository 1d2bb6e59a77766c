import { expect, test } from 'vitest'
import { Recorder } from '../../grader/wire/recording.ts'
import { found } from '../grader/wire/plain-waiter.ts'
import { Lines } from './lines.ts'
import { rejection, same, sameFields } from './same.ts'
import { Server } from './server.ts'
import { show } from './show.ts'
import { StudentError } from './student-error.ts'
import { Watch } from './watch.ts'

const failure = (run: () => void) => found((async () => run())())

test('same compares deeply and says what was compared', async () => {
  same({ a: [1, new Map([[1, 2]])] }, { a: [1, new Map([[1, 2]])] }, 'the list')
  expect(await failure(() => same({ a: 1 }, { a: '1' }, 'the value'))).toMatchObject({
    kind: 'wrong value',
    message: 'the value is not the one that was due',
    expected: "{ a: '1' }",
    got: '{ a: 1 }',
  })
})

test('sameFields passes over what an object has besides, at any depth, and over nothing that is due', async () => {
  const due = [{ size: 1, of: { port: 2 } }]
  sameFields([{ size: 1, of: { port: 2, more: 3 }, more: 4 }], due, 'the list')
  expect(await failure(() => sameFields([{ size: 1, more: 4 }], due, 'the list'))).toMatchObject({
    expected: '[ { size: 1, of: { port: 2 } } ]',
    got: '[ { size: 1 } ]',
  })
  for (const other of [[], [...due, ...due], { 0: due[0] }, undefined, [undefined]])
    expect(await failure(() => sameFields(other, due, 'the list'))).toMatchObject({
      kind: 'wrong value',
    })
})

test('texts are compared byte by byte', async () => {
  expect(await failure(() => same('abd', 'abc', 'the text'))).toMatchObject({ differ: { at: 2 } })
  expect(await failure(() => same(undefined, 'abc', 'the text'))).toMatchObject({
    expected: "'abc'",
    got: 'undefined',
  })
})

test('rejection is the program’s own error, and nothing else', async () => {
  let isExpected = false
  const mirrored = { name: 'Error', message: 'no', code: 'ECONNREFUSED', errno: -111 }
  const own = new StudentError('rejected', mirrored, () => {
    isExpected = true
  })
  expect(await rejection(Promise.reject(own), 'ECONNREFUSED was due')).toBe(own)
  expect(isExpected).toBe(true)
  expect(own).toMatchObject({
    code: 'ECONNREFUSED',
    errno: -111,
    syscall: undefined,
    how: 'rejected',
  })
  expect(await found(rejection(Promise.resolve(7), 'ECONNREFUSED was due'))).toMatchObject({
    kind: 'resolved',
    message: 'the promise resolved where ECONNREFUSED was due',
    got: '7',
  })
  const other = new Error('the process died')
  await expect(rejection(Promise.reject(other), 'x')).rejects.toBe(other)
})

test('a value is shown in one line, and cut when long', () => {
  expect(show({ a: [1, 'é'], b: { c: undefined } })).toBe("{ a: [ 1, 'é' ], b: { c: undefined } }")
  expect(show('x'.repeat(1000)).length).toBeLessThan(100)
  const wide = Object.fromEntries(Array.from({ length: 99 }, (_, i) => [`key${i}`, i]))
  expect(show(wide)).toMatch(/^.{300}…$/)
})

test('lines are what was printed whole, however it was chunked', async () => {
  const watch = new Watch(new Recorder())
  const lines = new Lines('stdout', watch)
  lines.take(Buffer.from('one\ntw'))
  expect(lines.lines).toEqual(['one'])
  const two = lines.expectLine('two 中')
  lines.take(Buffer.from('o 中').subarray(0, 4))
  lines.take(Buffer.from('o 中\n').subarray(4))
  await two
  expect(lines.text).toBe('one\ntwo 中\n')
  lines.expectNoLine('tw', 'a part is no line')
  expect(await failure(() => lines.expectNoLine('one', 'it was not to say one'))).toMatchObject({
    message: 'it was not to say one',
  })
  watch.close()
})

const server = (address: unknown, asked: { host?: string; port?: number }) => {
  const made = new Server({ number: 1, type: 'Server', address }, asked, {
    invoke: async () => undefined,
    option: async () => 0,
  })
  return () => made.checked('serve')
}

test('a server listens where it was told to', async () => {
  const address = { address: '127.0.0.1', port: 4000 }
  expect(server(address, { host: '127.0.0.1', port: 4000 })().address).toEqual({
    host: '127.0.0.1',
    port: 4000,
  })
  expect(server({ address: '::1', port: 4000 }, { host: 'localhost', port: 0 })().host).toBe('::1')
  expect(await failure(server(null, {}))).toMatchObject({ kind: 'never listened' })
  expect(await failure(server(address, { host: '0.0.0.0' }))).toMatchObject({
    kind: 'wrong host',
    expected: '0.0.0.0',
    got: '127.0.0.1',
  })
  expect(await failure(server(address, { port: 80 }))).toMatchObject({
    kind: 'wrong port',
    expected: '80',
    got: '4000',
  })
})
