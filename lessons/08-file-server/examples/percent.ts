// #region percent
const SIZE = 1000
// The call goes on at 600, and the rest comes in four chunks.
const arrivals = [600, 730, 860, 996, 1000]

const rounded = arrivals.map((bytes) => Math.round((bytes / SIZE) * 100))
console.log('rounded:          ', rounded.join(' '))
const ofThisCall = arrivals.map((bytes) => Math.floor(((bytes - 600) / SIZE) * 100))
console.log('of this call:     ', ofThisCall.join(' '))
const floored = arrivals.map((bytes) => Math.min(99, Math.floor((bytes / SIZE) * 100)))
console.log('floored, most 99: ', floored.join(' '))
console.log('of an empty file: ', 0 / 0)
// #endregion
