import net from 'node:net'

type Endpoint = { host: string; port: number }
type Stopped = { finished: number; cut: number }
type Stoppable = { address(): net.AddressInfo; stop(graceMs: number): Promise<Stopped> }

/**
 * Listens at `at` (port 0: any free port) and sends each whole line back, byte for byte.
 *
 * `stop(graceMs)` refuses new connections from now on, lets the present ones go on for `graceMs`
 * milliseconds, then destroys those that remain. It resolves as soon as the last one is gone:
 * `finished` clients of those present at the call left by themselves, `cut` were destroyed.
 * Every further call returns the first one's promise.
 *
 * Rejects with the system's error (`code`, such as EADDRINUSE) when it cannot listen.
 */
export async function startStoppable(at: Endpoint): Promise<Stoppable> {
  throw new Error(
    'Not written yet: echo lines, and on stop refuse new clients, wait, and cut those who stay',
  )
}

if (import.meta.main) {
  const service = await startStoppable({
    host: '127.0.0.1',
    port: Number(process.argv[2] ?? 4000),
  })
  console.log('listening at', service.address())
  process.once('SIGINT', async () => {
    console.log('stopping, 10 seconds of grace')
    console.log(await service.stop(10_000))
  })
}
