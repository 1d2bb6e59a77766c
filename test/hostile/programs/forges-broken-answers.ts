// does: sends answers of the wrong shape, by a serializer of its own: no error, no handle, an id alone
// exercise: endpoints
// status: fail
// says: descriptor 3
// crash: names both ends of an ipv6 connection
import v8 from 'node:v8'
import { solution } from './accomplice.ts'

const write = v8.serialize
const shapes = [
  { ok: false },
  { ok: true, handle: null },
  { ok: true, handle: { number: {}, type: 7, address: 'x' } },
  { ok: false, how: 'threw', error: null },
  { ok: false, how: 'threw', error: { message: { a: 1 }, code: 7 } },
  {},
]
export const describeConnection = solution(() => {
  let i = 0
  v8.serialize = (message) =>
    write({ id: (message as { id: number }).id, ...shapes[i++ % shapes.length] })
})
