// does: puts terminal commands into all that is shown of it: clear the screen, a title, a link, text from right to left
// exercise: endpoints
// status: fail
// fail: names both ends of an ipv6 connection
// says: \\x1b\[2J.*\\x9b31m.*\\u202e.*\\x0d\\x08 pass
import { solution } from './accomplice.ts'

const commands =
  '\u001b[2J\u001b]0;owned\u0007\u001b]8;;http://example.invalid\u0007here\u009b31m\u202e\r\u0008 pass'
process.stdout.write(commands)
process.stderr.write(commands)
export const describeConnection = solution(() => {
  console.log(commands)
  throw Object.assign(new Error(commands), { name: commands, code: commands, syscall: commands })
})
