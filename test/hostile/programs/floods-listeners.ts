// does: listens on thousands of ports and leaves them open
// exercise: endpoints
// status: pass
import net from 'node:net'
import { solution } from './accomplice.ts'

export const describeConnection = solution(() => {
  for (let i = 0; i < 500; i++)
    net
      .createServer()
      .on('error', () => {})
      .listen(0, '127.0.0.1')
})
