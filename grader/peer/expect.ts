import { BadCall } from '../exit.ts'
import { firstDifference } from '../wire/bytes.ts'
import { Finding } from '../wire/finding.ts'
import type { Partner } from './partner.ts'
import type { Session } from './session.ts'
import { bytesOf } from './text.ts'

const FORM =
  /^(?:(?<letter>[A-Z]|C\d+)\s+)?(?:(?<word>client|fin|rst)|(?<count>\d+) bytes|(?<text>".*"))$/is

/** Waits for what `/expect` names. Throws a Finding when it cannot come any more, a BadCall when it makes no sense. */
export async function expectation(session: Session, rest: string): Promise<void> {
  const { letter, word, count, text } = FORM.exec(rest.trim())?.groups ?? {}
  if (!word && !count && !text)
    throw new BadCall('/expect wants "TEXT" in quotes, 40 bytes, fin, rst or client')
  if (!session.exchange.keeps)
    throw new BadCall(
      '/expect belongs into a file for --script; here you see for yourself what comes',
    )
  if (word?.toLowerCase() === 'client') return expectClient(session)
  const partner = await partnerCalled(session, letter?.toUpperCase())
  if (word) return expectEnd(session, partner, word.toUpperCase() as 'FIN' | 'RST')
  if (count) return expectCount(session, partner, Number(count))
  return expectBytes(session, partner, bytesOf(text ?? '', session.encoding))
}

async function until(session: Session, isMet: () => boolean): Promise<void> {
  while (!isMet()) await session.stoppable(session.exchange.changed)
}

async function expectClient(session: Session): Promise<void> {
  const { exchange } = session
  if (!exchange.place.isServer) throw new BadCall('only a listening peer has clients to expect')
  await until(session, () => exchange.known.length > session.expectedClients)
  session.expectedClients += 1
}

async function partnerCalled(session: Session, letter: string | undefined): Promise<Partner> {
  const { known, place } = session.exchange
  const wanted = letter ?? session.chosen ?? (place.isServer ? undefined : known[0]?.letter)
  if (!wanted && known.length > 1)
    throw new BadCall(`say of whom it is expected: /expect ${known[0]?.letter} …`)
  const find = () => known.find((one) => one.letter === (wanted ?? known[0]?.letter))
  await until(session, () => find() !== undefined)
  return find() as Partner
}

async function expectBytes(session: Session, partner: Partner, due: Buffer): Promise<void> {
  const { inbox } = partner
  await arrival(session, partner, (got) => {
    if (!inbox.isStream) return true
    return got.length >= due.length || firstDifference(got, due) < got.length
  })
  const got = inbox.next ?? Buffer.alloc(0)
  const compared = inbox.isStream ? got.subarray(0, due.length) : got
  if (compared.equals(due)) return inbox.take(due.length)
  const isShort = inbox.isStream && due.subarray(0, got.length).equals(got)
  throw new Finding({
    kind: isShort ? 'too few bytes' : 'wrong bytes',
    message: isShort
      ? `the other side ended (${partner.ending ?? 'as did yours'}) before all of it came`
      : inbox.isStream
        ? `byte ${firstDifference(got, due)} is not the one that was due`
        : 'the datagram is not the one that was due',
    expected: due,
    got,
  })
}

async function expectCount(session: Session, partner: Partner, count: number): Promise<void> {
  const { inbox } = partner
  await arrival(session, partner, (got) => !inbox.isStream || got.length >= count)
  const length = inbox.next?.length ?? 0
  if (inbox.isStream ? length >= count : length === count) return inbox.take(count)
  const message = inbox.isStream
    ? `the other side ended after ${length} of ${count} bytes`
    : `the datagram has ${length} bytes`
  throw new Finding({ kind: 'too few bytes', message })
}

async function expectEnd(session: Session, partner: Partner, due: 'FIN' | 'RST'): Promise<void> {
  const { inbox } = partner
  if (!inbox.isStream) throw new BadCall(`UDP has no ${due} to expect`)
  await until(session, () => hasEnded(session, partner) || inbox.next !== undefined)
  if (inbox.next) {
    const expected = Buffer.alloc(0)
    const message = `more bytes came where ${due} was due`
    throw new Finding({ kind: 'too many bytes', message, expected, got: inbox.next })
  }
  const came = partner.ending
  if (came !== due)
    throw new Finding({
      kind: 'ended early',
      message: `${came ?? 'your own end'} came where ${due} was due`,
    })
}

/** Waits until what has come is enough, or no more can come. */
function arrival(session: Session, partner: Partner, isEnough: (got: Buffer) => boolean) {
  return until(session, () => {
    const got = partner.inbox.next
    return (got !== undefined && isEnough(got)) || hasEnded(session, partner)
  })
}

function hasEnded({ exchange }: Session, partner: Partner): boolean {
  return partner.ending !== undefined || !exchange.partners.includes(partner)
}
