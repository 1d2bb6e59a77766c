import colors from 'yoctocolors'
import { BadCall } from '../exit.ts'
import { compare } from '../verdict/feedback.ts'
import { Finding } from '../wire/finding.ts'
import type { WireEvent } from '../wire/recording.ts'
import type { Keyboard } from './keyboard.ts'
import type { Session } from './session.ts'

/** A person types lines until all is over, or they leave. */
export async function runTyped(session: Session, keyboard: Keyboard): Promise<void> {
  const { exchange, display } = session
  let pending = Promise.resolve()
  const doLine = async (line: string) => {
    try {
      await session.run(line)
    } catch (error) {
      if (!(error instanceof BadCall)) throw error
      if (!exchange.isOver) display.warn(error.message)
    }
    keyboard.refresh()
  }
  const failed = Promise.withResolvers<never>()
  const enter = (line: string) => {
    pending = pending.then(() => doLine(line))
    pending.catch(failed.reject)
  }
  exchange.log.listeners.push({ happened: (event) => explain(session, event), wentOn: () => {} })
  keyboard.open({
    prompt: () => session.prompt,
    line: enter,
    end: () => (session.canFinish ? enter('/fin') : session.quit()),
    interrupt() {
      if (session.isDone) void exchange.close(true)
      else if (!session.stop()) session.quit()
    },
  })
  while (!session.isDone && !exchange.isOver) {
    await Promise.race([exchange.changed, failed.promise])
    keyboard.refresh()
  }
  if (exchange.isOver) display.say('the connection is closed')
}

/** What the two ways in which the other side leaves mean for the one who types. */
function explain({ exchange, display }: Session, { kind, way, conn }: WireEvent): void {
  if (way === 'in') return
  const who = exchange.place.isServer ? conn : 'it'
  const partner = exchange.partners.find(({ letter }) => letter === conn)
  if (kind === 'FIN' && partner && !partner.hasFinished)
    display.say(`${who} has ended its side; yours is open until you end it: /fin`)
  if (kind === 'RST') display.say(`${who} has cut the connection; what it had not read is lost`)
}

/**
 * Does the lines of a pipe, then ends this side and waits for the others to end theirs. A listening peer
 * waits for somebody to come before it does the first line.
 */
export async function runPipe(session: Session, lines: AsyncIterable<string>): Promise<void> {
  const { exchange, display } = session
  const whileOpen = async <T>(work: Promise<T>) => {
    const over = async () => {
      while (!session.isDone && !exchange.isOver) await exchange.changed
    }
    return Promise.race([work, over()])
  }
  while (exchange.known.length === 0 && !session.isDone) await exchange.changed
  const all = async () => {
    for await (const line of lines) {
      await session.run(line)
      if (session.isDone) return
    }
  }
  await whileOpen(all())
  if (session.isDone) return
  if (exchange.place.kind === 'udp') display.say('UDP has no end to wait for: Ctrl-C leaves')
  else for (const partner of exchange.partners) if (!partner.hasFinished) partner.finish()
  while (!session.isDone && exchange.partners.length > 0) await exchange.changed
}

/** Does the lines of a script, and leaves. 1 as soon as an expectation fails. */
export async function runScript(session: Session, file: string, lines: string[]): Promise<number> {
  const { exchange, display } = session
  const told = async (status: number, ...texts: string[]) => {
    // What the end brings about belongs before the result.
    await exchange.close(session.isDone)
    display.tell(...texts)
    return status
  }
  let met = 0
  for (const [i, line] of lines.entries()) {
    // An empty line is for the eye; Enter alone is recorded as what it sent.
    if (line.trim() === '') continue
    const at = `${file}, line ${i + 1}: `
    try {
      await session.run(line)
    } catch (error) {
      const failed = colors.red(`✗ ${at}${line}`)
      if (error instanceof Finding) return told(1, failed, ...details(error))
      if (!(error instanceof BadCall)) throw error
      if (session.isDone) return told(1, failed, '  found     it was stopped while it waited')
      throw new BadCall(at + error.message)
    }
    if (/^\/expect\s/i.test(line)) met += 1
    if (session.isDone) break
  }
  const what = met === 1 ? 'expectation' : 'expectations'
  return told(0, colors.green(`✓ ${file}: ${met} ${what} met`))
}

function details({ finding }: Finding): string[] {
  return [`found     ${finding.message}`, ...compare(finding)].map((line) => `  ${line}`)
}

/** The lines of a text that comes in pieces; the last one need not be ended. */
export async function* linesIn(input: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of input) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield line.replace(/\r$/, '')
  }
  if (rest) yield rest
}
