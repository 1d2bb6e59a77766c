// needs ipv6
import net from 'node:net'

const bound = new net.BoundSocket({ host: '::' })
const { port } = bound.address()

// What a name server says of a name with two addresses; `localhost` often is one.
const addresses = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
]
const lookup: net.LookupFunction = (_name, _options, answer) => answer(null, addresses)

// #region client
const socket = net.connect({ host: 'both', port, lookup })
socket.on('error', (error: NodeJS.ErrnoException) => {
  console.log(error.name, error.code, error.errno)
  bound.close()
})
// #endregion
