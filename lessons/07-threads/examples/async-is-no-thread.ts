// #region async
async function addUp(): Promise<number> {
  let sum = 0
  for (let i = 0; i < 10_000_000; i += 1) sum += i
  console.log('added up')
  return sum
}

setImmediate(() => console.log('the loop looks for events'))
const sum = addUp()
console.log('the call has returned')
// #endregion
await sum
