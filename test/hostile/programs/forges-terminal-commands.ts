// does: puts terminal commands into all that is shown of it: clear the screen, a new title, a link, text from right to left
// exercise: endpoints
// status: fail
// fail: every test
// says: \\x1b|\\u001b|\\u202e
const commands =
  '\u001b[2J\u001b]0;owned\u0007\u001b]8;;http://example.invalid\u0007click\u009b31m\u202e\r\u0008 pass'
process.stdout.write(commands)
process.stderr.write(commands)
export function describeConnection(): never {
  throw Object.assign(new Error(commands), { name: commands, code: commands, syscall: commands })
}
export { describeConnection as '\u001b[2J' }
