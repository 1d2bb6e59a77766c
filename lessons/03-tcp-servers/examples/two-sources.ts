import readline from 'node:readline'
import { PassThrough } from 'node:stream'

type Word = () => Promise<unknown>

async function play(title: string, wordsOf: (operator: readline.Interface) => Word) {
  const keyboard = new PassThrough()
  const operator = readline.createInterface({ input: keyboard })
  const nextWord = wordsOf(operator)
  // Two messages wait for their words; then the operator types two lines.
  const words = Promise.all([nextWord(), nextWord()])
  keyboard.write('yes\nno\n')
  console.log(title, (await words).join(', '))
  operator.close()
}

// #region words
await play('each message listens:', (operator) => {
  return () => new Promise((resolve) => operator.once('line', resolve))
})

await play('one reader hands out:', (operator) => {
  const lines = operator[Symbol.asyncIterator]()
  return async () => (await lines.next()).value
})
// #endregion
