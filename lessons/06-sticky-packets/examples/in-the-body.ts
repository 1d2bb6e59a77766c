// #region body
const message = 'milk\neggs'
const received = (stream: string) => stream.split('\n').slice(0, -1)

console.log('as it is:', received(`${message}\n`))
const escaped = received(`${JSON.stringify(message)}\n`)
console.log('as JSON: ', escaped)
const parsed = escaped.map((line) => JSON.parse(line))
console.log('parsed:  ', parsed)
// #endregion
