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
  ],
}
