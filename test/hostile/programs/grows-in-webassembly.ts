// does: takes memory as WebAssembly does, which no limit of the heap counts
// exercise: endpoints
// status: pass
import { attempt } from './accomplice.ts'

const { Memory } = (
  globalThis as unknown as {
    WebAssembly: {
      Memory: new (size: {
        initial: number
        maximum: number
      }) => { buffer: ArrayBuffer; grow(pages: number): number }
    }
  }
).WebAssembly
await attempt('use 8 GiB of memory', () => {
  const memories = [1, 2].map(() => new Memory({ initial: 1, maximum: 65536 }))
  for (const memory of memories) {
    memory.grow(65_000)
    const bytes = new Uint8Array(memory.buffer)
    // A page in sixteen: half a gigabyte in all is enough of a test.
    for (let at = 0; at < bytes.length; at += 65_536 * 16) bytes[at] = 1
  }
  return false
})

export { describeConnection } from './accomplice.ts'
