import path from 'node:path'

// #region resolve
for (const given of ['a', '/a', '../a', '../../a']) {
  console.log(given, '→', path.posix.resolve('/docs', given))
}
// #endregion
