import dgram from 'node:dgram'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BadCall } from '../../../grader/exit.ts'
import { connectDatagrams, listenDatagrams } from '../../../grader/peer/datagrams.ts'
import { Exchange } from '../../../grader/peer/exchange.ts'
import { Log } from '../../../grader/peer/log.ts'
import { type Kind, placeText, readPlace } from '../../../grader/peer/place.ts'
import { connect, listen } from '../../../grader/peer/streams.ts'
import { trouble } from '../../../grader/peer/trouble.ts'
import { transcript } from '../../../grader/wire/transcript.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'peer-'))
const taken = net.createServer()
const takenUdp = dgram.createSocket('udp4')
const refusing = new net.BoundSocket({ host: '127.0.0.1' })

beforeAll(async () => {
  await once(taken.listen(0, '127.0.0.1'), 'listening')
  await once(takenUdp.bind(0, '127.0.0.1'), 'listening')
  fs.writeFileSync(path.join(folder, 'file'), '')
})
afterAll(() => {
  taken.close()
  takenUdp.close()
  refusing.close()
  fs.rmSync(folder, { recursive: true })
})

test('a place is a host and a port, or a path; the host may be left out', () => {
  const text = (kind: Kind, ...words: string[]) => placeText(readPlace(kind, words))
  expect(text('tcp', '4000')).toBe('127.0.0.1:4000')
  expect(text('udp-listen', '0.0.0.0', '0')).toBe('0.0.0.0:0')
  expect(text('tcp', '::1', '4000')).toBe('[::1]:4000')
  expect(text('tcp', '[::1]', '4000')).toBe('[::1]:4000')
  expect(text('unix', 'door')).toBe('./door')
})

test.each<[Kind, string[], string]>([
  ['tcp', [], 'tcp wants a port'],
  ['tcp', ['a', '1', '2'], 'tcp wants a port'],
  ['tcp', ['localhost', 'http'], '“http” is no port'],
  ['tcp', ['0'], '“0” is no port: a port is a whole number from 1 to 65535'],
  ['udp-listen', ['65536'], 'from 0 (any free one) to 65535'],
  ['unix', [], 'unix wants one path'],
  ['unix', ['a'.repeat(200)], 'is too long for a UNIX socket'],
])('%s %j is told to be wrong', (kind, words, message) => {
  expect(() => readPlace(kind, words)).toThrow(message)
  expect(() => readPlace(kind, words)).toThrow(BadCall)
})

/** What somebody is told who asks for this, by the system's own errors. */
async function told(kind: Kind, ...words: string[]): Promise<string> {
  const exchange = new Exchange(readPlace(kind, words), new Log(), false)
  const isUdp = kind.startsWith('udp')
  const open = kind.endsWith('-listen')
    ? isUdp
      ? listenDatagrams
      : listen
    : isUdp
      ? connectDatagrams
      : connect
  try {
    await open(exchange)
  } catch (error) {
    expect(error).toBeInstanceOf(BadCall)
    const wire = transcript(exchange.log.events).map((line) => line.replace(/^\S+ {2}/, ''))
    return [...wire, (error as BadCall).message].join(' | ')
  }
  await exchange.close()
  return 'nothing'
}

test('what keeps a session from beginning is told in one sentence', async () => {
  const port = String((taken.address() as net.AddressInfo).port)
  const closed = refusing.address().port
  expect(await told('tcp', String(closed))).toBe(
    `→  SYN → 127.0.0.1:${closed}: refused (RST) | nobody listens at 127.0.0.1:${closed}: the connection was refused; start the server first, and look at the host and port that it prints`,
  )
  expect(await told('tcp-listen', port)).toContain(`TCP port ${port} is taken by another program`)
  expect(await told('udp-listen', String(takenUdp.address().port))).toContain('UDP port')
  expect(await told('tcp-listen', '192.0.2.1', '0')).toContain('192.0.2.1 is no address of this')
  const at = (name: string) => path.join(folder, name)
  expect(await told('unix', at('none'))).toContain('there is nothing at')
  expect(await told('unix', at('file'))).toContain('is there, but nobody listens at it')
  expect(await told('unix-listen', at('file'))).toContain('something lies at')
  expect(await told('unix-listen', at('door'))).toBe('nothing')
})

test('a datagram that nobody wants is refused by ICMP, which is told; the next one goes all the same', async () => {
  const nobody = dgram.createSocket('udp4')
  await once(nobody.bind(0, '127.0.0.1'), 'listening')
  const { port } = nobody.address()
  nobody.close()
  await once(nobody, 'close')
  const exchange = new Exchange(readPlace('udp', [String(port)]), new Log(), false)
  await connectDatagrams(exchange)
  const partner = exchange.partners[0]
  const refusals = () => exchange.log.events.filter(({ kind }) => kind === 'note').length
  for (const n of [1, 2]) {
    await partner?.send(Buffer.from('anybody'))
    while (refusals() < n) await exchange.changed
  }
  await expect(partner?.send(Buffer.alloc(65_508))).rejects.toThrow('do not fit into one datagram')
  expect(() => partner?.finish()).toThrow('UDP knows no connection')
  await exchange.close()
  expect(transcript(exchange.log.events)[1]).toMatch(
    new RegExp(`← {2}ICMP port unreachable: nobody has UDP port ${port} open there$`),
  )
})

test.each<[string, Kind, string[], RegExp]>([
  ['EACCES', 'tcp-listen', ['80'], /^port 80 is not for you to take: ports below 1024 are the/],
  ['ENOTFOUND', 'tcp', ['nohost', '80'], /^no machine is known by the name nohost/],
  ['ETIMEDOUT', 'tcp', ['192.0.2.1', '80'], /^192\.0\.2\.1:80 did not answer/],
  ['EWHATEVER', 'tcp', ['80'], /^127\.0\.0\.1:80: as the system says$/],
])(
  '%s, which no test can bring about everywhere, has its sentence',
  (code, kind, words, sentence) => {
    const error = Object.assign(new Error('as the system says'), { code })
    expect(trouble(error, readPlace(kind, words))).toMatch(sentence)
  },
)
