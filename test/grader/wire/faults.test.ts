import { afterEach, expect, test } from 'vitest'
import { type Delivery, faultPlan, UnreliableServer } from '../../../grader/wire/faults.ts'
import { Random } from '../../../grader/wire/random.ts'
import { Recorder } from '../../../grader/wire/recording.ts'
import { UdpPeer } from '../../../grader/wire/udp.ts'
import { PlainWaiter } from './plain-waiter.ts'

const open: UdpPeer[] = []
afterEach(() => {
  for (const peer of open.splice(0)) peer.close()
})

const recorder = new Recorder()
async function udp(): Promise<UdpPeer> {
  const peer = await new UdpPeer(recorder, new PlainWaiter()).bind()
  open.push(peer)
  return peer
}

test('each request gets what the plan says, from where it says', async () => {
  const [server, stranger, client] = [await udp(), await udp(), await udp()]
  const unreliable = new UnreliableServer(server, stranger)
  const plan: Delivery[][] = [[], ['forged', 'truncated'], ['stale', 'answer', 'answer']]
  const served = unreliable.serve(
    plan,
    (request) => Buffer.from(`answer to ${request}`),
    (request) => Buffer.from(`not to ${request}`),
  )
  for (const word of ['one', 'two', 'three']) await client.send(word, unreliable.address)
  const requests = await served
  expect(requests.map(({ bytes }) => bytes.toString())).toEqual(['one', 'two', 'three'])
  expect(await client.expect('answer to two')).toEqual(stranger.address)
  for (const due of ['ans', 'not to three', 'answer to three', 'answer to three'])
    expect(await client.expect(due)).toEqual(server.address)
  expect(recorder.events.filter(({ kind }) => kind === 'lost').length).toBe(1)
})

test('a plan answers the last request and no other, the same one for the same seed', () => {
  const plan = faultPlan(new Random('seed', 'test'), 5)
  expect(plan).toEqual(faultPlan(new Random('seed', 'test'), 5))
  expect(plan.length).toBe(5)
  expect(plan.map((deliveries) => deliveries.includes('answer'))).toEqual([
    ...Array.from({ length: 4 }, () => false),
    true,
  ])
  const plans = Array.from({ length: 50 }, (_, i) => faultPlan(new Random(`${i}`, ''), 3).flat())
  expect(new Set(plans.flat())).toEqual(new Set(['answer', 'stale', 'forged', 'truncated']))
})
