import readline from 'node:readline'
import { Readable } from 'node:stream'

// #region lines
const stream = Buffer.from('one\rtwo\u2028three\nfour')
const lines: string[] = []
for await (const line of readline.createInterface(Readable.from([stream]))) lines.push(line)
console.log('readline:', lines)
// #endregion
