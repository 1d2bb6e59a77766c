import fs from 'node:fs'
import colors from 'yoctocolors'
import { BadCall } from '../exit.ts'
import { connectDatagrams, listenDatagrams } from '../peer/datagrams.ts'
import { Display } from '../peer/display.ts'
import { Exchange } from '../peer/exchange.ts'
import { Keyboard } from '../peer/keyboard.ts'
import { Log } from '../peer/log.ts'
import { type Kind, type Place, readPlace } from '../peer/place.ts'
import { linesIn, runPipe, runScript, runTyped } from '../peer/run.ts'
import { Scribe } from '../peer/scribe.ts'
import { Session } from '../peer/session.ts'
import { connect, listen } from '../peer/streams.ts'
import { mustBeWritable, writePcap } from '../wire/pcapng.ts'

/** How long an attempt to connect goes on before something is said about it, in milliseconds. */
const PATIENCE_MS = 1_000

type Options = { script?: string; record?: string; pcap?: string }

/**
 * Plays the other end of a program: a person, a pipe or a script says what is sent. 0 when it went as
 * told, 1 when an expectation of a script failed, 130 when a pipe was interrupted.
 */
export async function peer(kind: Kind, words: string[], options: Options): Promise<number> {
  const place = readPlace(kind, words)
  const { script, record, pcap } = options
  if (script && record)
    throw new BadCall('--record and --script exclude one another: a script is a record already')
  if (pcap) mustBeWritable(pcap)
  const began = Date.now()
  const scriptLines = script === undefined ? [] : readScript(script)
  const isTyped = !script && process.stdin.isTTY && process.stdout.isTTY
  const keyboard = new Keyboard()
  const exchange = new Exchange(place, new Log(), script !== undefined)
  const display = new Display({
    print: (line) => keyboard.print(line),
    columns: () => process.stdout.columns || 80,
    encoding: () => session.encoding,
    hasLetters: place.isServer,
  })
  const session = new Session(exchange, display)
  exchange.log.listeners.push(display)
  const call = `npm run peer -- ${[kind, ...words].join(' ')}`
  if (record) {
    session.scribe = new Scribe(record, call, place.isServer, () => session.encoding)
    exchange.log.listeners.push(session.scribe)
  }
  const interrupted = Promise.withResolvers<'interrupted'>()
  let isInterrupted = false
  const interrupt = () => {
    isInterrupted = true
    interrupted.resolve('interrupted')
    session.quit()
    session.stop()
    void exchange.close(true)
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  // Who reads what this prints has gone, as `head` does.
  process.stdout.on('error', interrupt)
  const slow = setTimeout(() => display.say('no answer yet; Ctrl-C gives up'), PATIENCE_MS)
  try {
    const opened = open(exchange, place).catch((error) => {
      session.scribe?.discard()
      throw error
    })
    if ((await Promise.race([opened, interrupted.promise])) === 'interrupted') return 130
    clearTimeout(slow)
    display.say(exchange.where, colors.bold)
    if (script) return await runScript(session, script, scriptLines)
    if (isTyped) {
      display.say(welcome(place))
      await runTyped(session, keyboard)
    } else await runPipe(session, linesIn(process.stdin.setEncoding('utf8')))
    return isInterrupted ? 130 : 0
  } finally {
    clearTimeout(slow)
    await exchange.close(isInterrupted)
    session.scribe?.flush()
    display.flush()
    if (pcap) {
      const capture = { title: call, recording: exchange.log.events }
      display.say(writePcap(pcap, [capture], began))
    }
    keyboard.close()
    process.stdin.destroy()
  }
}

function open(exchange: Exchange, { kind, isServer }: Place): Promise<void> {
  if (kind === 'udp') return isServer ? listenDatagrams(exchange) : connectDatagrams(exchange)
  return isServer ? listen(exchange) : connect(exchange)
}

function welcome({ kind }: Place): string {
  const end = kind === 'udp' ? 'Ctrl-C leaves' : 'Ctrl-D ends your side (FIN), Ctrl-C leaves'
  return `→ is what you send, ← what comes. Enter sends the line and \\n; ${end}; /help has more.`
}

function readScript(file: string): string[] {
  try {
    return fs.readFileSync(file, 'utf8').split(/\r?\n/)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new BadCall(
      code === 'ENOENT' ? `there is no script ${file}` : `${file} cannot be read: ${message}`,
    )
  }
}
