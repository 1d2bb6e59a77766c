import net from 'node:net'
import type { DebugOptions } from '../verdict/run.ts'

/** Where debuggers look first: Node's own default. */
const USUAL_PORT = 9229

/** How a program is run for a debugger, and what is said when it waits for one. */
export async function debugOptions(): Promise<DebugOptions> {
  const port = await freePort()
  let isFirst = true
  const onWait = (url: string) => {
    const who = isFirst ? 'your program' : 'a fresh process of your program'
    console.log(`debug     ${who} waits for a debugger at 127.0.0.1:${port}`)
    console.log(`          ${url}`)
    if (isFirst) console.log(HOW)
    isFirst = false
  }
  return { port, onWait }
}

const HOW = `          VS Code: the command “Debug: Attach to Node Process”
          Chrome: open chrome://inspect, then “inspect” below Remote Target
          It stops at your breakpoints and at the statement \`debugger\`. No limit of
          time holds. After a test that fails the next one gets a fresh process,
          which waits again. Ctrl-C ends all.`

/** The usual port, or a free one when somebody has it. */
async function freePort(): Promise<number> {
  for (const port of [USUAL_PORT, 0]) {
    const probe = net.createServer()
    const found = await new Promise<number | undefined>((resolve) => {
      probe.once('error', () => resolve(undefined))
      probe.listen(port, '127.0.0.1', () => resolve((probe.address() as net.AddressInfo).port))
    })
    await new Promise((resolve) => probe.close(resolve))
    if (found !== undefined) return found
  }
  throw new Error('no port is free on 127.0.0.1')
}
