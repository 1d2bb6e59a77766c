/**
 * The UDP programs of seed 0, nc -u, and the course's solutions, each with the other. `nc -u -l` cannot
 * serve udp-time-client: it takes the empty datagram for the end and leaves.
 */
import { client, describe, expect, python, server, testWith } from './tools.ts'

const test = testWith('python3')
const now = () => Math.floor(Date.now() / 1000)

/** The time that a program printed must lie within the test. Both tell whole seconds. */
function expectBetween(printed: number, before: number): void {
  expect(printed).toBeGreaterThanOrEqual(before)
  expect(printed).toBeLessThanOrEqual(now())
}

describe('S0 serverudp.py serves udp-time-client', () => {
  test('the time arrives, and the server got one empty datagram', async (start) => {
    const serverudp = start(...python('serverudp.py', '127.0.0.1', '0'))
    const port = await serverudp.port()
    const before = now()
    const ask = start(...client('udp-time-client', '127.0.0.1', port))
    expectBetween(Date.parse(await ask.result()) / 1000, before)
    await serverudp.prints('127.0.0.1: 0\n')
  })
})

describe('udp-time-server serves S0 clientudp.py', () => {
  test('clientudp.py prints the time', async (start) => {
    const times = start(...server('udp-time-server'))
    const port = await times.port()
    const before = now()
    const clientudp = start(...python('clientudp.py', '127.0.0.1', port))
    const [waiting, time] = (await clientudp.result()).split('\n')
    expect(waiting).toBe('等待回复……')
    // time.ctime: `Mon Aug  6 17:09:17 2012`, in local time, which is also how Date.parse reads it
    expectBetween(Date.parse(String(time)) / 1000, before)
  })
})

describe('udp-time-server serves udp-time-client', () => {
  testWith()("they say to each other what S0's pair says", async (start) => {
    const times = start(...server('udp-time-server'))
    const port = await times.port()
    const before = now()
    const ask = start(...client('udp-time-client', '127.0.0.1', port))
    expectBetween(Date.parse(await ask.result()) / 1000, before)
  })
})

describe('udp-timestamp-server serves nc -u', () => {
  testWith('netcat-openbsd')('each datagram comes back with the time before it', async (start) => {
    const stamps = start(...server('udp-timestamp-server'))
    const nc = start('nc', '-u', '127.0.0.1', await stamps.port())
    for (const word of ['one', '二', 'three']) {
      nc.type(`${word}\n`)
      await nc.prints(
        new RegExp(`\\[\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\\] ${word}\n`),
      )
    }
    expect(nc.stdout.match(/\[/g)).toHaveLength(3)
  })
})
