import { afterEach, expect, test } from 'vitest'
import { Recorder } from '../../../grader/wire/recording.ts'
import { UdpPeer } from '../../../grader/wire/udp.ts'
import { found, PlainWaiter } from './plain-waiter.ts'

const open: UdpPeer[] = []
afterEach(() => {
  for (const peer of open.splice(0)) peer.close()
})

const recorder = new Recorder()
const waiter = new PlainWaiter()
async function udp(host?: string): Promise<UdpPeer> {
  const peer = await new UdpPeer(recorder, waiter, host?.includes(':') ? 'udp6' : 'udp4').bind(host)
  open.push(peer)
  return peer
}

test('a datagram comes whole, with its sender', async () => {
  const [one, other] = [await udp(), await udp()]
  await one.send('héllo', other.address)
  const { bytes, from } = await other.receive()
  expect(bytes.toString()).toBe('héllo')
  expect(from).toEqual(one.address)
  expect(recorder.events.slice(-2)).toMatchObject([
    { kind: 'datagram', way: 'in', conn: one.conn, length: 6, to: { port: other.address.port } },
    { kind: 'datagram', way: 'out', conn: other.conn, length: 6, from: { port: one.address.port } },
  ])
})

test('an empty datagram is one', async () => {
  const [one, other] = [await udp(), await udp()]
  await one.send('', other.address)
  expect(await other.expect('')).toEqual(one.address)
})

test('repetition: one is sent as often as asked', async () => {
  const [one, other] = [await udp(), await udp()]
  await one.send('again', other.address, 3)
  for (let i = 0; i < 3; i++) await other.expect('again')
  const [none] = await Promise.all([found(other.receive()), waiter.nothingComes()])
  expect(none).toMatchObject({ kind: 'nothing came', conn: other.conn })
})

test('reordering: they come in the order in which they were sent', async () => {
  const [one, other] = [await udp(), await udp()]
  await one.send('2', other.address)
  await one.send('1', other.address)
  await other.expect('2')
  expect(await found(other.expect('2'))).toMatchObject({ kind: 'wrong bytes', differ: { at: 0 } })
})

test('loss: what is lost is in the recording and in no queue', async () => {
  const [one, other] = [await udp(), await udp()]
  await one.send('gone', other.address)
  expect((await other.lose()).bytes.toString()).toBe('gone')
  expect(recorder.events.at(-1)).toMatchObject({ kind: 'lost', way: 'out', conn: other.conn })
  other.expectSilence('it was lost')
})

test('a stranger is told from the one that was asked', async () => {
  const [one, other, stranger] = [await udp(), await udp(), await udp()]
  await stranger.send('hello', other.address)
  await one.send('hello', other.address)
  expect(await other.expect('hello')).toEqual(stranger.address)
  expect(await other.expect('hello')).toEqual(one.address)
})

test('a datagram that is shorter or longer than due is not the one', async () => {
  const [one, other] = [await udp(), await udp()]
  await one.send('hello', other.address)
  await one.send('hello', other.address)
  expect(await found(other.expect('hello!'))).toMatchObject({
    differ: { at: 5, relation: 'only the start' },
  })
  expect(await found(other.expect('hell'))).toMatchObject({
    differ: { at: 4, relation: 'more after it' },
  })
})

test('of the largest datagram nothing is cut off; a larger one rejects', async () => {
  const [one, other] = [await udp(), await udp()]
  const most = Buffer.alloc(65_507, 'x')
  await one.send(most, other.address)
  const { bytes } = await other.receive()
  expect(bytes.equals(most)).toBe(true)
  await expect(one.send(Buffer.alloc(65_508), other.address)).rejects.toMatchObject({
    code: 'EMSGSIZE',
  })
})

test('silence is broken by what nobody received, and says by what', async () => {
  const [one, other] = [await udp(), await udp()]
  other.expectSilence('nobody asked')
  await one.send('x', other.address)
  const hasCome = () =>
    recorder.events.some(({ conn, way }) => conn === other.conn && way === 'out')
  while (!hasCome()) await waiter.turn()
  const broken = (async () => other.expectSilence('a stranger gets no answer'))()
  expect(await found(broken)).toMatchObject({
    kind: 'too many bytes',
    message: 'a stranger gets no answer, but "x" came',
  })
})

test('a closed port on the other side is silence, not an exception', async () => {
  const [one, gone] = [await udp(), await udp()]
  const { address } = gone
  open.splice(open.indexOf(gone), 1)
  gone.close()
  await one.send('anybody?', address)
  await one.send('mark', one.address)
  await one.expect('mark')
  one.expectSilence('nobody is there')
})

test('IPv6 as well', async () => {
  const [one, other] = [await udp('::1'), await udp('::1')]
  await one.send('hello', other.address)
  expect((await other.expect('hello')).host).toBe('::1')
})
