/** The mistakes that learners of sockets make most, by their numbers in the headers of the wrong programs. */
export type Entry = {
  number: number
  title: string
  /** what the program's peer sees of it */
  seen: string
  /** what brings it to light */
  provoked: string
}

export type Group = { title: string; intro: string; entries: Entry[] }

const entry = (number: number, title: string, seen: string, provoked: string): Entry => ({
  number,
  title,
  seen,
  provoked,
})

export const groups: Group[] = [
  {
    title: 'Where a message ends',
    intro: 'A stream carries bytes, not messages. These programs let chance decide where one ends.',
    entries: [
      entry(
        1,
        'Taking one data event for one message',
        'one reply to two messages',
        'two messages in one write',
      ),
      entry(2, 'Throwing a partial message away', 'no reply at all', 'one byte at a time'),
      entry(
        3,
        'Writing if where while is needed',
        'the second reply comes only with a third message',
        'two messages in one write, then silence',
      ),
      entry(
        4,
        'Reading a header before all of it is there',
        'a crash, or an end without a reply',
        'one byte at a time',
      ),
      entry(
        9,
        'Forgetting that a message may be empty',
        'the empty message gets no reply',
        'a message of length 0, then an ordinary one',
      ),
      entry(
        12,
        'Allowing the delimiter inside a message',
        'one message too many',
        'a body that holds a newline',
      ),
      entry(
        13,
        'Missing a delimiter that was cut in two',
        'a message goes missing',
        '\\r, then \\n',
      ),
      entry(
        17,
        'Trusting a pause to separate messages',
        'merged messages, or slow answers',
        'twenty requests',
      ),
    ],
  },
  {
    title: 'Lengths and numbers',
    intro: 'A number that crosses the wire needs a unit, an order of its bytes, and a limit.',
    entries: [
      entry(
        5,
        'Counting characters where bytes are meant',
        'a text cut short, and nonsense from there on',
        'a text of 14 characters and 28 bytes',
      ),
      entry(
        6,
        'Putting the bytes of a number in the wrong order',
        'an endless wait',
        'fixed bytes',
      ),
      entry(
        7,
        'Taking a number that is signed, or too short',
        'all goes well up to 32 KiB',
        'a message of 40,000 bytes',
      ),
      entry(
        8,
        'Setting no limit to a length',
        'the announcement of 4 GiB is believed',
        'a header of ff ff ff ff',
      ),
      entry(42, 'Taking size 0 for no size', 'an empty file is an error', 'a file of 0 bytes'),
    ],
  },
  {
    title: 'Bytes and characters',
    intro: 'What arrives is bytes. When they become text, and for whom, is the program’s to say.',
    entries: [
      entry(
        10,
        'Sharing what is left over among connections',
        'one client’s bytes in another’s reply',
        'two clients, their halves interleaved',
      ),
      entry(
        11,
        'Copying all that came at each chunk',
        'slower with every chunk',
        '8 MiB in pieces of 1 KiB',
      ),
      entry(14, 'Decoding UTF-8 chunk by chunk', '\ufffd in the text', '你好, one byte at a time'),
      entry(
        15,
        'Decoding GBK chunk by chunk, or as UTF-8',
        '\ufffd, or other characters',
        'c4 e3 ba c3, one byte at a time',
      ),
      entry(
        16,
        'Passing binary data through a string',
        'another digest',
        'all bytes from 00 to ff',
      ),
    ],
  },
  {
    title: 'How a connection ends',
    intro: 'There are two directions, each with an end of its own, and an end is not a cut.',
    entries: [
      entry(18, 'Ignoring that write returned false', 'memory grows', 'a peer that stops reading'),
      entry(19, 'Calling destroy after write', 'the answer is cut short', 'an answer of 8 MiB'),
      entry(
        20,
        'Exiting before everything is sent',
        'the answer is cut short',
        'a peer that stops reading',
      ),
      entry(
        24,
        'Leaving half-open connections at the default',
        'an answer that comes late is lost',
        'FIN first, the answer afterwards',
      ),
      entry(
        25,
        'Never ending one’s own half',
        'no FIN; the connection stays in CLOSE_WAIT',
        'a FIN from the peer',
      ),
      entry(26, 'Waiting for the end without reading', 'the connection stays', 'data, then FIN'),
      entry(34, 'Writing after the end', 'a crash', 'FIN in the middle of a request'),
    ],
  },
  {
    title: 'Errors',
    intro: 'An error of a socket is an event, and one that nobody listens for ends the program.',
    entries: [
      entry(
        21,
        'No error handler on a connection',
        'the server is gone',
        'RST from one client, then another client',
      ),
      entry(22, 'No error handler on the server', 'a crash instead of an answer', 'a port in use'),
      entry(
        23,
        'An error in connecting that nobody handles',
        'a crash instead of a rejection',
        'a closed port',
      ),
    ],
  },
  {
    title: 'Time, and many at once',
    intro: 'Peers are slow, silent and many. One of them must not decide for the others.',
    entries: [
      entry(
        27,
        'Believing that the timeout event closes',
        'a silent client stays for ever',
        'silence',
      ),
      entry(
        28,
        'Measuring idleness from the start',
        'a busy peer is cut off',
        'a byte now and then',
      ),
      entry(
        29,
        'Waiting for close without a limit',
        'the shutdown never ends',
        'a client that is idle',
      ),
      entry(
        30,
        'Thinking that a closed listener ends its clients',
        'connections are cut that should go on',
        'closing, then a request on an old connection',
      ),
      entry(
        31,
        'Serving one client at a time',
        'the second client starves',
        'a first client that says nothing',
      ),
      entry(
        37,
        'No time limit, or no second try',
        'an endless wait',
        'the first datagrams are lost',
      ),
    ],
  },
  {
    title: 'Addresses and ports',
    intro: 'Who can reach a program is decided in the one line that binds it.',
    entries: [
      entry(32, 'A port written into the program', 'EADDRINUSE', 'a second instance'),
      entry(33, 'IPv4 only', 'refused', 'a connection to ::1'),
      entry(39, 'Broadcasting without leave', 'EACCES', '127.255.255.255'),
    ],
  },
  {
    title: 'Datagrams',
    intro: 'A datagram has edges and a sender. Nothing else about it is promised.',
    entries: [
      entry(35, 'Treating UDP as a stream', 'merged replies', 'two datagrams'),
      entry(36, 'Ignoring an empty datagram', 'no reply', 'a datagram of 0 bytes'),
      entry(
        38,
        'Not checking the sender or the size',
        'a false answer is taken',
        'a stranger’s socket; 3 bytes where 4 are due',
      ),
    ],
  },
  {
    title: 'Beyond the socket',
    intro: 'Files, threads and descriptors that a peer can reach through the program.',
    entries: [
      entry(
        40,
        'Two owners of one descriptor',
        'an innocent client is cut off',
        'closing in a worker, then a new connection',
      ),
      entry(
        41,
        'Joining a path unchecked',
        'a file outside is read',
        '../ in a name, or a symbolic link',
      ),
      entry(
        43,
        'Checking a quota before using it',
        'two uploads pass together',
        'two uploads at once',
      ),
    ],
  },
]
