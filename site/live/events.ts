import type { Context } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'

/**
 * The pages that listen, as server-sent events. Each is told with `hello` how things stand, and from
 * then on what happens; one that comes back after a break is told anew, so none has to be repeated.
 */
export class Events {
  readonly #pages = new Set<SSEStreamingApi>()
  readonly #hello: () => unknown

  constructor(hello: () => unknown) {
    this.#hello = hello
  }

  /** Answers a request with the stream of events, until the page leaves. */
  listen(c: Context): Response {
    return streamSSE(c, async (page) => {
      const left = new Promise<void>((resolve) => page.onAbort(resolve))
      this.#pages.add(page)
      await page.writeSSE({ event: 'hello', data: JSON.stringify(this.#hello()), retry: 1000 })
      await left
      this.#pages.delete(page)
    })
  }

  /** Tells all pages; what one of them does not take is its own loss. */
  send(event: string, data: unknown): void {
    for (const page of this.#pages) void page.writeSSE({ event, data: JSON.stringify(data) })
  }

  close(): void {
    for (const page of this.#pages) page.abort()
  }
}
