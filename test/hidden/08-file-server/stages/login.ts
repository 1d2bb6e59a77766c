import fs from 'node:fs'
import path from 'node:path'
import { describe } from 'vitest'
import { everyByte, Finding, rejection } from '../../../harness/index.ts'
import type { Ways } from './our-server.ts'
import {
  ensure,
  expectMessage,
  lineOf,
  type Message,
  readMessage,
  refusal,
  sameMessage,
  sameVerifier,
} from './protocol.ts'
import { clientFinal, clientFirst, readChallenge } from './scram.ts'
import { ann, bob, filesBelow, type Site, test } from './site.ts'

const lines = { meta: { points: 2, lesson: 'One line, one request' } }
const scram = (points: number) => ({
  meta: { points, lesson: 'A password that never crosses the wire' },
})

export const login = () =>
  describe('login', () => {
    test('lets a user in who proves the password', scram(2), async ({ site }) => {
      await site.start([ann, bob])
      for (const account of [ann, bob, ann]) {
        const client = await site.login(account)
        await client.expect({ op: 'pwd' }, { ok: true, path: '/' })
      }
    })

    test(
      'finds the requests however the bytes are cut',
      lines,
      async ({ site, everyCut, random }) => {
        await site.start([ann])
        const nonce = random.word(12)
        const first = { op: 'auth', message: clientFirst('ann', nonce) }
        const bytes = Buffer.from(lineOf({ op: 'pwd' }) + lineOf(first))
        await everyCut(bytes.length, async (cuts) => {
          const client = await site.visit()
          await client.peer.write(bytes, cuts)
          await expectMessage(client.peer, refusal('login-first'), 'the answer to pwd')
          const { ok, message } = await readMessage(client.peer, 'the challenge')
          const goesOn = ok === true && String(message).startsWith(`r=${nonce}`)
          ensure(goesOn, "the challenge's r does not begin with the client's nonce")
        })
        const client = await site.visit()
        const { first: said, challenge } = await client.challenge('ann')
        const { message, verifier } = clientFinal(ann.password, said, challenge)
        const last = lineOf({ op: 'auth', message })
        await client.peer.write(last, everyByte(last.length))
        sameVerifier(await readMessage(client.peer, "the server's last message"), verifier)
      },
    )

    test(
      'refuses a wrong password and a name that nobody has alike',
      scram(2),
      async ({ site, random }) => {
        await site.start([ann])
        const client = await site.visit()
        await client.failLogin(ann.name, random.word())
        await client.failLogin(random.word(), ann.password)
        await client.refused({ op: 'pwd' }, 'login-first')
        await client.login(ann)
      },
    )

    test(
      'gives a name that nobody has a challenge with the same salt each time',
      scram(1),
      async ({ site, random }) => {
        await site.start([ann])
        const names = ['ann', 'nobody', `${random.word()}, nobody`]
        for (const name of names) {
          const salts: string[] = []
          for (let time = 1; time <= 2; time++) {
            const { challenge } = await (await site.visit()).challenge(name)
            salts.push(readChallenge(challenge).salt.toString('hex'))
          }
          const isSame = salts[1] === salts[0]
          ensure(isSame, `${JSON.stringify(name)} got one salt first and another then`)
        }
      },
    )

    test('closes the connection at the third failure', scram(1), async ({ site, random }) => {
      await site.start([ann])
      const client = await site.visit()
      for (let failure = 1; failure <= 3; failure++) await client.failLogin(ann.name, random.word())
      await client.peer.expectEnd()
      await site.login(ann)
    })

    test('refuses a login that was recorded and is played again', scram(2), async ({ site }) => {
      await site.start([ann])
      const client = await site.visit()
      const { first, challenge } = await client.challenge(ann.name)
      const { message } = clientFinal(ann.password, first, challenge)
      await client.expect({ op: 'auth', message }, { ok: true })
      const thief = await site.visit()
      await thief.expect({ op: 'auth', message: first }, { ok: true })
      const answer = await thief.ask({ op: 'auth', message })
      sameMessage(answer, refusal('auth-failed'), 'the answer to the last message of an old login')
    })

    test(
      'tells the password to nobody, neither on the wire nor on disk',
      scram(2),
      async ({ site }) => {
        const server = await site.ours(ann)
        const file = site.local('a.txt', 'some text')
        const wire: string[] = []
        const first = site.upload(site.session(ann, server.address), file, 'a.txt')
        await server.serve(first, { seen: (request) => void wire.push(JSON.stringify(request)) })
        await site.start([ann, bob])
        for (const account of [ann, bob]) {
          await site.upload(site.session(account), file, 'a.txt')
          for (const name of filesBelow(site.dataDir)) {
            const bytes = fs.readFileSync(path.join(site.dataDir, name))
            expectNoPassword(bytes, account.password, 'what the server keeps below dataDir')
          }
        }
        for (const { peer } of server.wires) {
          expectNoPassword(peer.received, ann.password, 'what the client sent')
        }
      },
    )

    test('its client refuses a challenge of too few rounds', scram(1), async ({ site }) => {
      await refusesServer(site, { challenge: (right) => right.replace('i=4096', 'i=4095') })
    })

    test(
      'its client refuses a challenge that does not begin with its own nonce',
      scram(1),
      async ({ site, random }) => {
        const other = random.word(30)
        await refusesServer(site, {
          challenge: (right) => right.replace(/^r=[^,]*/, `r=${other}`),
        })
      },
    )

    test(
      'its client asks nothing of a server that cannot prove itself',
      scram(2),
      async ({ site, random }) => {
        const forged = Buffer.from(random.bytes(32)).toString('base64')
        await refusesServer(site, { verifier: () => `v=${forged}` })
      },
    )
  })

/** Has the student's client talk to a server that it is to leave before it asks for anything. */
async function refusesServer(site: Site, ways: Ways): Promise<void> {
  const server = await site.ours(ann)
  const file = site.local('a.txt', 'some text')
  const call = site.upload(site.session(ann, server.address), file, 'a.txt')
  const asked = Promise.withResolvers<unknown>()
  const seen = (request: Message) => {
    const message = 'the client went on with a server that it was not to trust'
    // A proof is never the same twice, and feedback that is kept must be.
    const got = request.op === 'auth' ? 'a message with a proof' : JSON.stringify(request)
    asked.reject(new Finding({ kind: 'wrong value', message, got }))
  }
  server.serve(call, { ...ways, seen }).then(asked.resolve, asked.reject)
  await rejection(asked.promise, 'the server was not to be trusted')
  if (server.wires.length > 0) return
  const message = 'the client gave up before it connected'
  throw new Finding({ kind: 'never connected', message })
}

function expectNoPassword(bytes: Buffer, password: string, where: string): void {
  const secret = Buffer.from(password)
  const forms = [
    secret,
    ...(['hex', 'base64', 'base64url'] as const).map((way) => secret.toString(way)),
  ]
  for (const form of forms) {
    if (!bytes.includes(form)) continue
    const message = `${where} holds the password, ${form === secret ? 'in clear' : 'hardly disguised'}`
    throw new Finding({ kind: 'wrong value', message, got: form })
  }
}
