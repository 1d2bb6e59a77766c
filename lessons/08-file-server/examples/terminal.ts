// #region terminal
console.log('a terminal:', process.stdout.isTTY === true)
for (const percent of [0, 50, 100]) {
  const bar = '#'.repeat(percent / 10).padEnd(10, '.')
  const text = process.stdout.isTTY ? `\r[${bar}] ${percent}%` : `song ${percent}%\n`
  process.stdout.write(text)
}
if (process.stdout.isTTY) process.stdout.write('\n')
// #endregion
