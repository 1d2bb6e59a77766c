/**
 * The numbers behind the names of socket options, as the systems' headers have them: those options
 * whose value is an int, and (`text`) those whose value is a string.
 */
export type Level = 'SOL_SOCKET' | 'IPPROTO_TCP' | 'IPPROTO_UDP'

type Numbers = {
  levels: Record<Level, number>
  options: Record<Level, Record<string, number>>
  text: Partial<Record<Level, Record<string, number>>>
}

/** asm-generic/socket.h, linux/tcp.h, linux/udp.h. TCP_TIMESTAMP is left out: it is a clock. */
const linux: Numbers = {
  levels: { SOL_SOCKET: 1, IPPROTO_TCP: 6, IPPROTO_UDP: 17 },
  options: {
    SOL_SOCKET: {
      SO_DEBUG: 1,
      SO_REUSEADDR: 2,
      SO_TYPE: 3,
      SO_ERROR: 4,
      SO_DONTROUTE: 5,
      SO_BROADCAST: 6,
      SO_SNDBUF: 7,
      SO_RCVBUF: 8,
      SO_KEEPALIVE: 9,
      SO_OOBINLINE: 10,
      SO_NO_CHECK: 11,
      SO_PRIORITY: 12,
      SO_REUSEPORT: 15,
      SO_PASSCRED: 16,
      SO_RCVLOWAT: 18,
      SO_SNDLOWAT: 19,
      SO_TIMESTAMP: 29,
      SO_ACCEPTCONN: 30,
      SO_SNDBUFFORCE: 32,
      SO_RCVBUFFORCE: 33,
      SO_PASSSEC: 34,
      SO_TIMESTAMPNS: 35,
      SO_MARK: 36,
      SO_PROTOCOL: 38,
      SO_DOMAIN: 39,
      SO_RXQ_OVFL: 40,
      SO_WIFI_STATUS: 41,
      SO_PEEK_OFF: 42,
      SO_NOFCS: 43,
      SO_LOCK_FILTER: 44,
      SO_SELECT_ERR_QUEUE: 45,
      SO_BUSY_POLL: 46,
      SO_MAX_PACING_RATE: 47,
      SO_INCOMING_CPU: 49,
      SO_INCOMING_NAPI_ID: 56,
      SO_ZEROCOPY: 60,
      SO_PREFER_BUSY_POLL: 69,
    },
    IPPROTO_TCP: {
      TCP_NODELAY: 1,
      TCP_MAXSEG: 2,
      TCP_CORK: 3,
      TCP_KEEPIDLE: 4,
      TCP_KEEPINTVL: 5,
      TCP_KEEPCNT: 6,
      TCP_SYNCNT: 7,
      TCP_LINGER2: 8,
      TCP_DEFER_ACCEPT: 9,
      TCP_WINDOW_CLAMP: 10,
      TCP_QUICKACK: 12,
      TCP_THIN_LINEAR_TIMEOUTS: 16,
      TCP_THIN_DUPACK: 17,
      TCP_USER_TIMEOUT: 18,
      TCP_FASTOPEN: 23,
      TCP_NOTSENT_LOWAT: 25,
      TCP_SAVE_SYN: 27,
      TCP_FASTOPEN_CONNECT: 30,
      TCP_FASTOPEN_NO_COOKIE: 34,
      TCP_INQ: 36,
    },
    IPPROTO_UDP: {
      UDP_CORK: 1,
      UDP_ENCAP: 100,
      UDP_NO_CHECK6_TX: 101,
      UDP_NO_CHECK6_RX: 102,
      UDP_SEGMENT: 103,
      UDP_GRO: 104,
    },
  },
  text: { SOL_SOCKET: { SO_BINDTODEVICE: 25 }, IPPROTO_TCP: { TCP_CONGESTION: 13 } },
}

/** sys/socket.h, netinet/tcp.h, netinet/udp.h. What Linux calls TCP_KEEPIDLE is TCP_KEEPALIVE there. */
const darwin: Numbers = {
  levels: { SOL_SOCKET: 0xffff, IPPROTO_TCP: 6, IPPROTO_UDP: 17 },
  options: {
    SOL_SOCKET: {
      SO_DEBUG: 0x1,
      SO_ACCEPTCONN: 0x2,
      SO_REUSEADDR: 0x4,
      SO_KEEPALIVE: 0x8,
      SO_DONTROUTE: 0x10,
      SO_BROADCAST: 0x20,
      SO_USELOOPBACK: 0x40,
      SO_OOBINLINE: 0x100,
      SO_REUSEPORT: 0x200,
      SO_TIMESTAMP: 0x400,
      SO_SNDBUF: 0x1001,
      SO_RCVBUF: 0x1002,
      SO_SNDLOWAT: 0x1003,
      SO_RCVLOWAT: 0x1004,
      SO_ERROR: 0x1007,
      SO_TYPE: 0x1008,
      SO_NREAD: 0x1020,
      SO_NOSIGPIPE: 0x1022,
      SO_NWRITE: 0x1024,
    },
    IPPROTO_TCP: {
      TCP_NODELAY: 0x1,
      TCP_MAXSEG: 0x2,
      TCP_NOPUSH: 0x4,
      TCP_NOOPT: 0x8,
      TCP_KEEPIDLE: 0x10,
      TCP_CONNECTIONTIMEOUT: 0x20,
      TCP_KEEPINTVL: 0x101,
      TCP_KEEPCNT: 0x102,
      TCP_NOTSENT_LOWAT: 0x201,
    },
    IPPROTO_UDP: { UDP_NOCKSUM: 1 },
  },
  text: {},
}

/** This system's numbers; undefined where the course knows none. */
export const numbers: Numbers | undefined = { linux, darwin }[process.platform as string]
