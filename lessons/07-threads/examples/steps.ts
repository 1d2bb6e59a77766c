import { setImmediate as nextTurn } from 'node:timers/promises'

// #region runners
type Handler = {
  setup(): Promise<void>
  handle(): Promise<void>
  finish(): Promise<void>
}

async function hasty(handler: Handler) {
  handler.setup()
  handler.handle()
  handler.finish()
}

async function hopeful(handler: Handler) {
  await handler.setup()
  await handler.handle()
  await handler.finish()
}

async function careful(handler: Handler) {
  await handler.setup()
  try {
    await handler.handle()
  } finally {
    await handler.finish()
  }
}
// #endregion

/** Reads a book: opens it, which takes a moment, reads, which takes another, and shuts it. */
function reader(isTorn: boolean) {
  const steps: string[] = []
  const handler: Handler = {
    async setup() {
      await nextTurn()
      steps.push('open')
    },
    async handle() {
      steps.push('read')
      await nextTurn()
      if (isTorn) throw new Error('a page is torn')
      steps.push('read on')
    },
    async finish() {
      steps.push('shut')
    },
  }
  return { handler, steps }
}

// #region run
const run = async (runner: (handler: Handler) => Promise<void>, isTorn: boolean) => {
  const { handler, steps } = reader(isTorn)
  const outcome = await runner(handler).catch((error) => error.message)
  // What was not awaited gets its time, too.
  for (let i = 0; i < 5; i += 1) await nextTurn()
  console.log(`${runner.name}: ${steps.join(', ')}${outcome ? ` (${outcome})` : ''}`)
}
await run(hasty, false)
await run(hopeful, false)
await run(hopeful, true)
await run(careful, true)
// #endregion
