import net from 'node:net'

// A port that is ours and at which nobody listens: every connection to it is refused.
const bound = new net.BoundSocket({ host: '127.0.0.1' })

// Node's last word before an uncaught error ends a program.
process.on('uncaughtException', (error) => {
  console.log('the program ends:', error.message)
  process.exit()
})

net.connect(bound.address().port, '127.0.0.1')
setTimeout(() => console.log('never printed'), 60_000)
