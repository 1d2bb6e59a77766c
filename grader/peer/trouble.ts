import { type IpPlace, type Place, placeText, type UnixPlace } from './place.ts'

/** What a system's error means for somebody who wanted to reach `place`, or to listen there: one sentence. */
export function trouble(error: unknown, place: Place): string {
  // A name with several addresses fails once for each of them.
  const first = error instanceof AggregateError ? error.errors[0] : error
  const { code = '', message } = first as NodeJS.ErrnoException
  const words = place.kind === 'unix' ? unixTrouble(code, place) : ipTrouble(code, place)
  return words ?? `${placeText(place)}: ${message}`
}

function ipTrouble(code: string, place: IpPlace): string | undefined {
  const { host, port, kind } = place
  const at = placeText(place)
  switch (code) {
    case 'ECONNREFUSED':
      return `nobody listens at ${at}: the connection was refused; start the server first, and look at the host and port that it prints`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `no machine is known by the name ${host}; look at its spelling, or write its address`
    case 'EADDRINUSE':
      return `${kind.toUpperCase()} port ${port} is taken by another program; end that one, or choose another port (0 is any free one)`
    case 'EACCES':
      return place.isServer
        ? `port ${port} is not for you to take: ports below 1024 are the system’s; choose one from 1024 to 65535`
        : `the system does not allow sending to ${at}`
    case 'EADDRNOTAVAIL':
      return place.isServer
        ? `${host} is no address of this machine, so nobody can listen there; 127.0.0.1 is, and 0.0.0.0 stands for all that it has`
        : `${at} cannot be reached from this machine`
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
      return `no way leads from this machine to ${host}`
    case 'ETIMEDOUT':
      return `${at} did not answer: no such machine, or a firewall swallows what is sent there`
    case 'ECONNRESET':
      return `${at} took the connection and reset it at once (RST)`
  }
  return undefined
}

function unixTrouble(code: string, { path }: UnixPlace): string | undefined {
  switch (code) {
    case 'ENOENT':
      return `there is nothing at ${path}; start the server first, and look at the path`
    case 'ECONNREFUSED':
      return `${path} is there, but nobody listens at it: its server is gone, or it is no socket`
    case 'EADDRINUSE':
      return `something lies at ${path} already; if it is the socket of a server that is gone, delete it, or choose another path`
    case 'EACCES':
      return `${path} is not for you to use: look at the permissions of the file and its folder`
  }
  return undefined
}
