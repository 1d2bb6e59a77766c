// #region order
const names = ['b', 'a10', 'B', 'ä', 'a9', 'Z']
console.log('sort():       ', names.toSorted().join(' '))
console.log('localeCompare:', names.toSorted((a, b) => a.localeCompare(b, 'en')).join(' '))

const [tilde, smile] = ['\uff5e', '😀']
console.log('by code unit: ', [tilde, smile].toSorted().join(' '))
const bytes = [smile, tilde].map((name) => Buffer.from(name))
console.log('by bytes:     ', bytes.toSorted(Buffer.compare).join(' '))
// #endregion
