/** The course in its order: the one list of chapters and exercises. It imports nothing. */
export type Course = { id: string; title: string; chapters: readonly Chapter[] }

export type Chapter = {
  /** NN-topic, the name of its folders */
  id: string
  title: string
  exercises: readonly Exercise[]
}

export type Exercise = {
  /** kebab-case, unique in the course: what progress and grades are stored under */
  id: string
  title: string
  /** which programs or passages of the seed texts S0 to S4 it covers */
  seeds: readonly string[]
}

export const course: Course = {
  id: 'sockets',
  title: 'Socket programming in TypeScript',
  chapters: [
    {
      id: '01-sockets',
      title: 'What a socket is',
      exercises: [
        {
          id: 'endpoints',
          title: 'The two ends of a connection',
          seeds: ['S4 getsockname and getpeername'],
        },
        {
          id: 'bind-address',
          title: 'Who can reach a server',
          seeds: ['S0 bind, the empty host name is every interface'],
        },
      ],
    },
    {
      id: '02-tcp-clients',
      title: 'The two steps of a client',
      exercises: [
        {
          id: 'first-client',
          title: 'A first client',
          seeds: ['S0 tcpclient.py with shutdown(1)', 'S2 five steps of a client'],
        },
        { id: 'gbk-client', title: 'A client that speaks GBK', seeds: ['S2 client'] },
        {
          id: 'connect-ex',
          title: 'A number instead of an exception',
          seeds: ['S3 connect_ex', 'S4 connect_ex'],
        },
        {
          id: 'deadlines',
          title: 'Two clocks for one question',
          seeds: [
            'S1 time-outs',
            'S1 blocking, non-blocking and time-out mode',
            'S1 setdefaulttimeout',
          ],
        },
      ],
    },
    {
      id: '03-tcp-servers',
      title: 'The four steps of a server',
      exercises: [
        {
          id: 'one-shot-server',
          title: 'One client, then home',
          seeds: ['S2 seven steps of a server'],
        },
        {
          id: 'echo-server',
          title: 'Echo, and a word from the operator',
          seeds: ['S0 tcpserver.py'],
        },
        { id: 'timestamp-server', title: 'When was it said', seeds: ['S4 TCP timestamp server'] },
        {
          id: 'one-at-a-time',
          title: 'One client at a time',
          seeds: ['S3 talk server, where the second client waits until the first has left'],
        },
        {
          id: 'graceful-shutdown',
          title: 'Closing time',
          seeds: ['S2 notes: closing the listening socket leaves accepted connections alive'],
        },
      ],
    },
    {
      id: '04-udp',
      title: 'Datagrams',
      exercises: [
        { id: 'udp-time-server', title: 'What time is it', seeds: ['S0 serverudp.py'] },
        { id: 'udp-time-client', title: 'Asking for the time', seeds: ['S0 clientudp.py'] },
        {
          id: 'udp-timestamp-server',
          title: 'A stamp on every datagram',
          seeds: ['S4 UDP timestamp server'],
        },
        {
          id: 'reliable-ask',
          title: 'An answer in spite of loss',
          seeds: ['S1 UDP is unreliable'],
        },
        {
          id: 'broadcast-discovery',
          title: 'Who is there',
          seeds: ['S0 SO_BROADCAST'],
        },
      ],
    },
    {
      id: '05-socket-options',
      title: 'What can be set on a socket',
      exercises: [
        {
          id: 'list-options',
          title: 'What the kernel will tell',
          seeds: ['S0 getsockopt and setsockopt', 'S0 the program that lists SO_*'],
        },
        {
          id: 'tuned-server',
          title: 'A server with tuned connections',
          seeds: ['S0 SO_KEEPALIVE'],
        },
        {
          id: 'address-in-use',
          title: 'The port is taken',
          seeds: ['S0 SO_REUSEADDR', 'S2 the port stays busy for minutes, and two ways out'],
        },
        {
          id: 'unix-socket',
          title: 'A socket that is a file',
          seeds: ['S1 AF_UNIX', 'S4 AF_UNIX'],
        },
      ],
    },
    {
      id: '06-sticky-packets',
      title: 'A stream has no messages',
      exercises: [
        {
          id: 'stop-and-wait',
          title: 'One question at a time',
          seeds: ['S3 second fix: a receive between two sends'],
        },
        {
          id: 'line-framing',
          title: 'Where a line ends',
          seeds: ['S3 both causes of sticky packets'],
        },
        {
          id: 'read-exactly',
          title: 'Exactly n bytes',
          seeds: ['S3 third fix: exact sizes'],
        },
        {
          id: 'length-prefix',
          title: 'The length comes first',
          seeds: ['S3 the size sent before the data'],
        },
        { id: 'send-all', title: 'All of it, to the last byte', seeds: ['S3 send and sendall'] },
        {
          id: 'remote-command',
          title: 'A command for another machine',
          seeds: ['S3 remote command: size header, popen'],
        },
        {
          id: 'file-download',
          title: 'A file, and proof that it is whole',
          seeds: ['S3 download: get, size, acknowledgement, bytes, MD5'],
        },
      ],
    },
  ],
}
