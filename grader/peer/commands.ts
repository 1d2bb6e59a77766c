import fs from 'node:fs'
import { BadCall } from '../exit.ts'
import type { Cuts } from '../wire/cuts.ts'
import { expectation } from './expect.ts'
import type { Session } from './session.ts'
import { bytesOf, bytesOfHex, type Encoding } from './text.ts'

export type Command = {
  usage: string
  does: string
  /** it asks this program something and does nothing, so that a recording leaves it out */
  onlyAsks?: true
  run(session: Session, rest: string): void | Promise<void>
}

const EOLS = new Map([
  ['none', ''],
  ['\\n', '\n'],
  ['\\r\\n', '\r\n'],
  ['\\0', '\0'],
])

const ALL: Record<string, Command> = {
  send: {
    usage: '/send TEXT',
    does: 'sends TEXT and adds nothing; TEXT may hold \\n \\r \\t \\0 \\x1f',
    run: (session, rest) => session.send(bytesOf(rest, session.encoding)),
  },
  hex: {
    usage: '/hex 61 0a',
    does: 'sends these bytes',
    run: (session, rest) => session.send(bytesOfHex(rest)),
  },
  file: { usage: '/file PATH', does: 'sends the bytes of a file', run: sendFile },
  cut: {
    usage: '/cut 1,3 TEXT',
    does: 'sends TEXT in pieces, cut before its bytes 1 and 3',
    run: sendCut,
  },
  drip: {
    usage: '/drip TEXT',
    does: 'sends TEXT one byte at a time',
    run: (session, rest) => session.drip(bytesOf(rest, session.encoding)),
  },
  fin: {
    usage: '/fin',
    does: 'ends your side (FIN) and reads on: half-close; also Ctrl-D',
    run: (session) => session.finish(),
  },
  rst: {
    usage: '/rst',
    does: 'cuts the connection: sends RST',
    run: (session) => session.reset(),
  },
  to: {
    usage: '/to B',
    does: 'sends to B alone from now on; /to all: to all',
    run: choose,
  },
  who: { usage: '/who', does: 'shows who is there', onlyAsks: true, run: showPartners },
  eol: {
    usage: '/eol none',
    does: 'Enter adds nothing; /eol \\n, /eol \\r\\n, /eol \\0: that',
    run(session, rest) {
      const eol = EOLS.get(rest.trim())
      if (eol === undefined)
        throw new BadCall(`/eol goes with one of: ${[...EOLS.keys()].join('  ')}`)
      session.eol = Buffer.from(eol)
    },
  },
  gbk: encodingCommand('gbk', 'text is sent and shown as GBK'),
  utf8: encodingCommand('utf8', 'text is sent and shown as UTF-8, as in the beginning'),
  dump: {
    usage: '/dump',
    does: 'shows the data that came last, every byte',
    onlyAsks: true,
    run: (session) => session.display.dump(),
  },
  expect: {
    usage: '/expect "TEXT"',
    does: 'in a script: waits for it; or for 40 bytes, fin, rst, client',
    run: (session, rest) => expectation(session, rest),
  },
  help: { usage: '/help', does: 'this', onlyAsks: true, run: ({ display }) => display.say(help()) },
  quit: {
    usage: '/quit',
    does: 'ends every connection and leaves; also Ctrl-C',
    run: (session) => session.quit(),
  },
}

/** What a line that begins with a slash can ask for, by the word after the slash. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map(Object.entries(ALL))

/** The commands, each on a line. */
function help(): string {
  const lines = Object.values(ALL).map(({ usage, does }) => `${usage.padEnd(14)} ${does}`)
  return [...lines, '//TEXT         sends a line that begins with a slash'].join('\n')
}

function encodingCommand(encoding: Encoding, does: string): Command {
  return {
    usage: `/${encoding}`,
    does,
    run(session) {
      session.encoding = encoding
    },
  }
}

async function sendFile(session: Session, rest: string): Promise<void> {
  const path = rest.trim()
  if (!path) throw new BadCall('/file wants the path of a file')
  const { kind } = session.exchange.place
  try {
    const stat = fs.statSync(path)
    if (!stat.isFile()) throw new BadCall(`${path} is no file that can be sent`)
    if (stat.size === 0 && kind !== 'udp')
      throw new BadCall(`${path} is empty, so there is nothing to send`)
    // A datagram has to be sent at once, a stream may be too long to hold.
    if (kind === 'udp') return await session.send(fs.readFileSync(path))
    await session.pour(fs.createReadStream(path))
  } catch (error) {
    if (error instanceof BadCall) throw error
    const { code, message } = error as NodeJS.ErrnoException
    throw new BadCall(
      code === 'ENOENT' ? `there is no file ${path}` : `${path} cannot be read: ${message}`,
    )
  }
}

function sendCut(session: Session, rest: string): Promise<void> {
  const [, list = '', text = ''] = /^\s*([\d,]+)\s(.*)$/s.exec(rest) ?? []
  const bytes = bytesOf(text, session.encoding)
  const cuts: Cuts = list.split(',').map(Number)
  const isAscending = cuts.every((at, i) => at > (cuts[i - 1] ?? 0) && at < bytes.length)
  if (list && isAscending) return session.send(bytes, cuts)
  const length = list ? `; this TEXT has ${bytes.length} B` : ''
  throw new BadCall(
    `/cut wants rising numbers and a TEXT that is longer: /cut 1,3 abcd sends a, bc and d${length}`,
  )
}

function choose(session: Session, rest: string): void {
  const { partners } = session.exchange
  const name = rest.trim().toUpperCase()
  const letters = partners.map(({ letter }) => letter)
  if (name === 'ALL') session.chosen = undefined
  else if (letters.includes(name)) session.chosen = name
  else
    throw new BadCall(
      letters.length > 0
        ? `/to wants one of: ${letters.join(', ')}, all`
        : 'nobody is there to send to',
    )
}

function showPartners({ exchange, display }: Session): void {
  display.say(`${exchange.where}`)
  for (const { letter, name, ending, hasFinished } of exchange.partners) {
    const states = [ending && 'it has ended its side', hasFinished && 'you have ended yours']
    const state = states.filter(Boolean).join(', ')
    display.say(`${letter}  ${name}${state && `: ${state}`}`)
  }
}
