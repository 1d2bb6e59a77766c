import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'

/**
 * Lets through what comes from this machine's own browser, asked for by this site itself or typed by
 * its user. A page elsewhere can make a browser send requests here, and by DNS rebinding even read the
 * answers under its own name: the one shows in Origin and Sec-Fetch-Site, the other in Host.
 */
export function guard(port: number): MiddlewareHandler {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`])
  return async (c, next) => {
    const host = c.req.header('host') ?? ''
    if (!hosts.has(host)) return c.text(`This is not the server of ${host || 'no host'}.\n`, 421)
    const origin = c.req.header('origin')
    const isForeign = origin !== undefined && origin !== `http://${host}`
    if (isForeign || !isOwn(c)) return c.text('Only its own pages may ask this server.\n', 403)
    return next()
  }
}

/** A link on a page elsewhere may lead to a page here, for then that other page sees nothing of it. */
function isOwn({ req }: Context): boolean {
  const site = req.header('sec-fetch-site')
  if (site === undefined || site === 'same-origin' || site === 'none') return true
  const isNavigation =
    req.header('sec-fetch-mode') === 'navigate' && req.header('sec-fetch-dest') === 'document'
  return req.method === 'GET' && isNavigation && !req.path.startsWith('/live/')
}

/** Lets through requests that bear this start's token: they come from one of its pages. */
export function bearing(token: string): MiddlewareHandler {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const due = digest(token)
  return async (c, next) => {
    // Digests have one length, which timingSafeEqual asks for, whatever was sent.
    if (!timingSafeEqual(digest(c.req.header('x-live-token') ?? ''), due))
      return c.text('This page is from an earlier start: reload it.\n', 403)
    return next()
  }
}

/** Nothing but this site's own files may act in its pages, and nobody may frame or embed them. */
export const headers: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    fontSrc: ["'self'"],
    manifestSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  // There is no TLS on a loopback address, and localhost is also other programs'.
  strictTransportSecurity: false,
})
