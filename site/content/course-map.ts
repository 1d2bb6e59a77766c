/** What each chapter and each exercise of the course is about, by id, for the map and for previews. */
export const about: Record<string, string> = {
  '01-sockets': 'Addresses, ports, and the two ends of a connection.',
  endpoints: 'Ask a connected socket for its own name and for the name of its peer.',
  'bind-address': 'Bind a server so that this machine, or everybody, can reach it.',

  '02-tcp-clients': 'Connecting, half-close, reading to the end, encodings, deadlines.',
  'first-client': 'Send a message, half-close, and read the answer to its end.',
  'gbk-client': 'Speak an encoding that Node can read and not write.',
  'connect-ex': 'Report why a connection failed as an errno, as Python does.',
  deadlines: 'Give up on a server that falls silent, or that takes too long in all.',

  '03-tcp-servers': 'Bind, listen, accept, and the many ways in which clients leave.',
  'one-shot-server': 'Serve one client, in UTF-8 or GBK, and stop.',
  'echo-server': 'Send back what comes, with a line that the operator types.',
  'timestamp-server': 'Answer at the end of the client’s stream, byte for byte, with the time.',
  'one-at-a-time': 'Let the clients wait for their turns, in order.',
  'graceful-shutdown': 'Stop listening, and let those who are connected finish.',

  '04-udp': 'Boundaries, senders, loss and retries, broadcast.',
  'udp-time-server': 'Answer each datagram with the time in four bytes.',
  'udp-time-client': 'Ask for the time, and believe nobody but the one you asked.',
  'udp-timestamp-server': 'Give each datagram back with a stamp, even the empty one.',
  'reliable-ask': 'Ask again when a datagram is lost, and match answers to questions.',
  'broadcast-discovery': 'Find who is there without knowing an address.',

  '05-socket-options': 'Keep-alive, Nagle, TIME_WAIT, the backlog, UNIX sockets.',
  'list-options': 'Read every option of a socket from the kernel.',
  'tuned-server': 'Set TCP_NODELAY and keep-alive where the kernel sees it.',
  'address-in-use': 'Listen on a port that is taken, as soon as it is free.',
  'unix-socket': 'Talk over a socket that has a path, and clean up after it.',

  '06-sticky-packets': 'Framing, limits, backpressure, and answers still owed.',
  'stop-and-wait': 'Send the next message when the answer to the last is whole.',
  'line-framing': 'Find lines in a stream that is cut anywhere.',
  'read-exactly': 'Take bodies off a stream to the byte, without holding them.',
  'length-prefix': 'Read and write frames with a binary length.',
  'send-all': 'Send more than fits to clients that do not read.',
  'remote-command': 'Run commands for a client, and look after what they start.',
  'file-download': 'Send a file with its digest; leave a whole one or none.',

  '07-threads': 'Workers, a thread for each client, pools, a room of many.',
  'chat-turns': 'Two people talk, one line each in turn.',
  'duplex-chat': 'Two people talk whenever they like, on two threads.',
  'thread-per-connection': 'Hand each connection to a thread of its own.',
  'threading-tcp-server': 'Build Python’s socketserver: setup, handle, finish.',
  'worker-pool': 'Share heavy work among a few threads.',
  'chat-room': 'Names, arrivals, departures, and a member who does not read.',

  '08-file-server': 'Everything at once: a file server for many users.',
  'file-server': 'Login, quotas, folders, transfers, resuming: nine stages.',
}
