import { setImmediate as nextTurn } from 'node:timers/promises'

// #region turn
async function answer(op: string, answers: string[]) {
  // A listing has to ask the disk.
  if (op === 'ls') await nextTurn()
  answers.push(op)
}

const requests = ['ls', 'pwd']

const atOnce: string[] = []
await Promise.all(requests.map((op) => answer(op, atOnce)))
console.log('each when it comes:', atOnce)

const inTurn: string[] = []
for (const op of requests) await answer(op, inTurn)
console.log('one after another: ', inTurn)
// #endregion
