// #region names
const object: Record<string, string> = {}
const map = new Map<string, string>()
console.log('is constructor here? object:', 'constructor' in object, 'map:', map.has('constructor'))

const names = ['bert', 'Zoe', 'anna']
console.log('sort():       ', [...names].sort())
console.log('localeCompare:', names.toSorted(new Intl.Collator('en').compare))

console.log(
  'letters or digits:',
  ['_', 'é', '7'].filter((name) => /^\w$/.test(name)),
  ['_', 'é', '7'].filter((name) => /^[A-Za-z0-9]$/.test(name)),
)
// #endregion
